import type { Tx } from "@/db/client";
import { listDataKeys } from "@/db/repositories/data-keys";
import type { MirrorScope } from "@/db/repositories/raw-records";
import { listSuppressions } from "@/db/repositories/suppressions";
import { Secret, type CustomerVault } from "@/lib/crypto";
import { loadVault } from "@/lib/domain/keys/customer-vault";

/**
 * Says of a Finch individual id whether that person was erased and may not be stored again (SECURITY 19). Ask in the
 * transaction that writes: an erasure may come between two of them. Costs one read of no rows where nobody was erased.
 */
export async function loadSuppressions(
  tx: Tx,
  { customerId, connectionId }: Pick<MirrorScope, "customerId" | "connectionId">,
): Promise<(finchIndividualId: string) => boolean> {
  const hmacs = new Set(await listSuppressions(tx, { customerId, connectionId }));
  if (hmacs.size === 0) return () => false;
  const vault = await loadVault(tx, customerId);
  // An entry may be older than the key in use; a retired key still knows its own.
  const keyIds = (await listDataKeys(tx, customerId)).map((key) => key.id);
  return (id) => keyIds.some((keyId) => hmacs.has(suppressionHmac(vault, connectionId, id, keyId)));
}

/** What stands in `suppressions` for a person: keyed, so that it names nobody to whoever reads the table. */
export function suppressionHmac(
  vault: CustomerVault,
  connectionId: string,
  finchIndividualId: string,
  keyId = vault.activeKeyId,
): string {
  return vault.hmac("suppression", new Secret(`${connectionId}/${finchIndividualId}`), keyId);
}
