import type { ConnectionRow } from "@/db/repositories/connections";
import type { MirrorScope } from "@/db/repositories/raw-records";
import type { SyncStepRow } from "@/db/repositories/sync-runs";
import type { CustomerContext } from "@/lib/domain/context";
import type { FinchCaller, FinchFailure, FinchToken } from "@/lib/finch";
import type { LaneGate } from "@/lib/quota";
import type { StepCursor } from "./cursor";
import type { Lease } from "./lease";

/** A claimed step with all it needs. */
export interface StepWork {
  ctx: CustomerContext;
  lease: Lease;
  /** As it was at the claim; writes re-read it in the lease. */
  connection: ConnectionRow;
  step: SyncStepRow;
  cursor: StepCursor;
  /** Somebody died at work on the step: what was asked for last may have been answered, and nobody heard it. */
  isResumed: boolean;
  reason: string;
  /** full | window | repair (DOMAIN 1.4) */
  runScope: string;
  scope: MirrorScope;
  caller: FinchCaller;
  /** The caller's gate: what it was granted and did not use goes back when the step ends. */
  gate: LaneGate;
  token: FinchToken;
}

/** What became of a step. */
export type StepEnd =
  | { end: "done"; message?: string }
  | { end: "skipped"; outcome: string; message: string }
  /** `final`: trying again would not help, or was done already. */
  | { end: "failed"; failure: FinchFailure; final?: boolean }
  /** Finch works on something; ask again later. */
  | { end: "waiting"; message: string };

export type Step = (work: StepWork) => Promise<StepEnd>;
