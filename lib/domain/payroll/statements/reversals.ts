/**
 * Pairs lines that take each other back (DOMAIN 1.7): same category, name, currency and amount, opposite signs, in either
 * year. Pure.
 */

export interface OpposedLine {
  statementId: string;
  paymentId: string;
  ordinal: number;
  /** ISO day; null is undated. */
  payDate: string | null;
  category: string;
  name: string | null;
  currency: string;
  amountCents: bigint;
}

/** What a line has to do with another one. */
export interface Counterpart {
  /** Which of the two this line is. */
  role: "reverses" | "reversed_by";
  statementId: string;
  paymentId: string;
  payDate: string | null;
  /** The year whose W-2 may have to be corrected: the line that was taken back was of an earlier, closed year. */
  closedYear: number | null;
}

/** Where a line stands. */
export const placeOf = ({ statementId, ordinal }: Pick<OpposedLine, "statementId" | "ordinal">) =>
  `${statementId} ${ordinal}`;

const yearOf = (day: string | null) => (day === null ? null : Number(day.slice(0, 4)));
const keyOf = ({ category, name, currency, amountCents }: OpposedLine) =>
  JSON.stringify([category, name, currency, String(amountCents < 0n ? -amountCents : amountCents)]);

/**
 * Each negative line takes back the latest line before it that nothing else takes back, in its own statement first, or
 * else the next one after it.
 * @param lines oldest first
 * @param today of the employer: years before its year are closed
 */
export function pairReversals(lines: readonly OpposedLine[], today: string): Map<string, Counterpart> {
  const found = new Map<string, Counterpart>();
  for (const group of Map.groupBy(lines, keyOf).values()) {
    const open = group.filter(({ amountCents }) => amountCents > 0n);
    for (const negative of group.filter(({ amountCents }) => amountCents < 0n)) {
      const at = indexOfOriginal(open, negative);
      const [original] = at < 0 ? [] : open.splice(at, 1);
      if (!original) continue;
      const closedYear = closedYearOf(original, negative, today);
      found.set(placeOf(negative), { role: "reverses", ...whereOf(original), closedYear });
      found.set(placeOf(original), { role: "reversed_by", ...whereOf(negative), closedYear });
    }
  }
  return found;
}

const whereOf = ({ statementId, paymentId, payDate }: OpposedLine) => ({ statementId, paymentId, payDate });

function indexOfOriginal(open: readonly OpposedLine[], negative: OpposedLine): number {
  const own = open.findIndex(({ statementId }) => statementId === negative.statementId);
  if (own >= 0) return own;
  const before = open.findLastIndex(({ payDate }) => (payDate ?? "") <= (negative.payDate ?? ""));
  return before >= 0 ? before : open.length > 0 ? 0 : -1;
}

function closedYearOf(original: OpposedLine, negative: OpposedLine, today: string): number | null {
  const [paid, taken, now] = [yearOf(original.payDate), yearOf(negative.payDate), yearOf(today)];
  if (paid === null || taken === null || now === null) return null;
  return paid !== taken && paid < now ? paid : null;
}
