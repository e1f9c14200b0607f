import { z } from "zod";
import type { ChainProblem } from "./verify-chain";

/** From what is known of a chain to the one line that a page says of it. */

const storedProblems = z.array(z.object({ kind: z.string(), seq: z.number() }));

/** Problems as a check kept them; what is not understood counts as one. */
export function readProblems(stored: unknown): { kind: string; seq: number }[] {
  if (stored === undefined || stored === null) return [];
  const parsed = storedProblems.safeParse(stored);
  return parsed.success ? parsed.data : [{ kind: "check_changed", seq: 0 }];
}

export type ChainStatus = "empty" | "verified" | "waiting" | "late" | "broken";

export interface ChainStateView {
  status: ChainStatus;
  /** Number of the last row. */
  headSeq: number;
  /** The newest signature: rows up to it cannot change unnoticed. */
  signed: { seq: number; at: Date; keyId: string } | null;
  /** Rows that follow the signature. */
  unsigned: number;
  checkedAt: Date | null;
  /** When every row was checked for the last time. */
  fullCheckedAt: Date | null;
  problems: { seq: number; text: string }[];
}

interface ChainFacts {
  headSeq: number;
  signed: { seq: number; at: Date; keyId: string } | null;
  /** When the first row behind the signature was written. */
  unsignedSince: Date | null;
  checkedAt: Date | null;
  fullCheckedAt: Date | null;
  problems: readonly { kind: string; seq: number }[];
}

/** Heads are signed every hour; after three there is something wrong with the worker. */
const lateMs = 3 * 3_600_000;

export function toChainState(facts: ChainFacts, now: Date): ChainStateView {
  const { headSeq, signed, unsignedSince, problems } = facts;
  const isLate = unsignedSince !== null && now.getTime() - unsignedSince.getTime() > lateMs;
  const status: ChainStatus =
    problems.length > 0
      ? "broken"
      : headSeq === 0
        ? "empty"
        : isLate
          ? "late"
          : signed
            ? "verified"
            : "waiting";
  return {
    status,
    headSeq,
    signed,
    unsigned: Math.max(0, headSeq - (signed?.seq ?? 0)),
    checkedAt: facts.checkedAt,
    fullCheckedAt: facts.fullCheckedAt,
    problems: problems.map(({ kind, seq }) => ({ seq, text: problemText(kind, seq) })),
  };
}

const texts: Record<ChainProblem["kind"], (seq: number) => string> = {
  row_changed: (seq) => `Entry #${seq} was changed after it was written.`,
  row_missing: (seq) => `Entry #${seq} is missing.`,
  row_replaced: (seq) => `Entry #${seq} does not follow from the one before it: one of the two was replaced.`,
  details_changed: (seq) => `The details of entry #${seq} are not those that were written.`,
  details_added: (seq) => `Entry #${seq} has details that were not written with it.`,
  end_missing: (seq) => `Entries from #${seq} on are missing at the end.`,
  head_differs: (seq) => `The kept end of the chain is not entry #${seq}.`,
  rewritten: (seq) => `Entry #${seq} is not the one that was signed: the chain was written anew.`,
  signature_invalid: (seq) => `The signature of entry #${seq} does not fit its key.`,
  signature_key_unknown: (seq) => `The key that signed entry #${seq} is not among AUDIT_SIGNING_KEYS.`,
  pruned_early: (seq) => `Entries up to #${seq} were deleted before they were a year old.`,
  logged_head_missing: (seq) =>
    `The head that was noted at entry #${seq} when it was signed is not in the database any more.`,
};

/** A problem in words, with the number of the entry where it shows. */
export function problemText(kind: string, seq: number): string {
  const known = Object.entries(texts).find(([name]) => name === kind);
  return known ? known[1](seq) : "The kept result of the last check was changed.";
}
