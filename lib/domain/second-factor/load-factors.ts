import type { Tx } from "@/db/client";
import { listPasskeys, type PasskeyRow } from "@/db/repositories/passkeys";
import { listTotpFactors, type TotpFactorRow } from "@/db/repositories/totp-factors";
import type { FactorView } from "./views";

export const toPasskeyView = (row: PasskeyRow): FactorView => ({
  kind: "passkey",
  id: row.id,
  name: row.name,
  createdAt: row.createdAt,
  lastUsedAt: row.lastUsedAt,
  synced: row.backedUp,
});

const toTotpView = (row: TotpFactorRow): FactorView => ({
  kind: "totp",
  id: row.id,
  name: row.name,
  createdAt: row.createdAt,
  lastUsedAt: row.lastUsedAt,
  synced: false,
});

/** A person's factors: passkeys first, each kind oldest first. */
export async function loadFactors(tx: Tx, userId: string): Promise<FactorView[]> {
  const passkeys = await listPasskeys(tx, userId);
  const apps = await listTotpFactors(tx, userId);
  return [...passkeys.map(toPasskeyView), ...apps.map(toTotpView)];
}
