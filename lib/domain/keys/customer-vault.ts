import type { Tx } from "@/db/client";
import { insertDataKey, listDataKeys, lockDataKeys } from "@/db/repositories/data-keys";
import {
  CustomerVault,
  keyProvider,
  newDataKey,
  type Sealed,
  type SealedPlace,
  type Secret,
} from "@/lib/crypto";
import { env } from "@/lib/env";

/**
 * The vault of one customer, its data key made at first use. The transaction's
 * role must be allowed to read data_keys (employer roles and the worker).
 */
export async function loadVault(tx: Tx, customerId: string): Promise<CustomerVault> {
  const environment = env().FINCH_ENVIRONMENT;
  let rows = await listDataKeys(tx, customerId);
  if (rows.length === 0) {
    await lockDataKeys(tx, customerId);
    rows = await listDataKeys(tx, customerId);
  }
  if (rows.length === 0) {
    const id = crypto.randomUUID();
    await insertDataKey(tx, {
      customerId,
      id,
      ...(await newDataKey(keyProvider(), environment, customerId, id)),
    });
    rows = await listDataKeys(tx, customerId);
  }
  return CustomerVault.open(keyProvider(), environment, customerId, rows);
}

const tokenPlace = (tokenId: string): SealedPlace => ({
  table: "access_tokens",
  column: "ciphertext",
  rowId: tokenId,
});

/** Seals an access token for the row that will hold it. Insert the result as `{ ciphertext, keyId }`. */
export async function sealToken(tx: Tx, customerId: string, tokenId: string, token: Secret): Promise<Sealed> {
  const vault = await loadVault(tx, customerId);
  return vault.seal(tokenPlace(tokenId), token);
}

/**
 * Opens an access token, for lib/finch only.
 * @throws DecryptionError where the row was tampered with
 */
export async function openToken(
  tx: Tx,
  customerId: string,
  tokenId: string,
  sealed: Sealed,
): Promise<Secret> {
  const vault = await loadVault(tx, customerId);
  return vault.open(tokenPlace(tokenId), sealed);
}

/** Seals a token again under the active data key. */
export function resealToken(vault: CustomerVault, tokenId: string, sealed: Sealed): Sealed {
  return vault.seal(tokenPlace(tokenId), vault.open(tokenPlace(tokenId), sealed));
}
