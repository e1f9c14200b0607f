import { inScope } from "@/db/client";
import { listChainOverview, type ChainOverviewRow } from "@/db/repositories/audit-chain";
import { readClock } from "@/db/repositories/connections-clock";
import { requirePermission } from "@/lib/auth/permissions";
import { platformCustomerId, type Context } from "@/lib/domain/context";
import { readProblems, toChainState, type ChainStateView } from "./chain-state";

export interface ChainListItem {
  customerId: string;
  /** Null for the platform's own chain. */
  name: string | null;
  state: ChainStateView;
}

export interface ChainsView {
  chains: ChainListItem[];
  /** Chains that do not verify. */
  broken: number;
  /** Chains with entries that should have been signed by now. */
  late: number;
  /** Chains whose first signature is still to come. */
  waiting: number;
  now: Date;
}

/** Where every chain stands, by the worker's last check; the platform's first. @throws DomainError FORBIDDEN */
export async function listChainStates(ctx: Context): Promise<ChainsView> {
  requirePermission(ctx, "platform:audit");
  return inScope(
    { ...ctx, scope: { kind: "platform" } },
    async (tx) => {
      const now = await readClock(tx);
      const chains = (await listChainOverview(tx)).map((row) => toItem(row, now));
      const count = (status: ChainStateView["status"]) =>
        chains.filter(({ state }) => state.status === status).length;
      return { chains, broken: count("broken"), late: count("late"), waiting: count("waiting"), now };
    },
    { readOnly: true },
  );
}

function toItem(row: ChainOverviewRow, now: Date): ChainListItem {
  const { customerId, customerName, headSeq, signedSeq, signedAt, keyId, check } = row;
  return {
    customerId,
    name: customerId === platformCustomerId ? null : (customerName ?? "Employer"),
    state: toChainState(
      {
        headSeq: headSeq ?? 0,
        signed: signedSeq !== null && signedAt && keyId ? { seq: signedSeq, at: signedAt, keyId } : null,
        // Each check signs what it found sound: what is unsigned came after the last one.
        unsignedSince: (headSeq ?? 0) > (signedSeq ?? 0) ? (check?.checkedAt ?? null) : null,
        checkedAt: check?.checkedAt ?? null,
        fullCheckedAt: check?.fullCheckedAt ?? null,
        problems: readProblems(check?.problems),
      },
      now,
    ),
  };
}
