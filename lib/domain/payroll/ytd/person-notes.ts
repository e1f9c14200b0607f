import type { Tx } from "@/db/client";
import { listLinkSides } from "@/db/repositories/individual-links";
import { listOpposedLines } from "@/db/repositories/pay-statement-sums";
import { seamOf, type Seam } from "../links/seam";
import { pairReversals, placeOf, type OpposedLine } from "../statements/reversals";
import { yearOf, type YtdPeriod } from "./period";
import type { YtdRow } from "./views";

/** What figures of a person cannot say by themselves: years that were reduced later, and records that were joined. */

/** A line of a closed year that a later one took back (DOMAIN 1.7): that year may need a W-2c. */
export interface ClosedReversal {
  category: string;
  name: string | null;
  /** Lower case; '' where Finch gave none. Minor units, above zero. */
  currency: string;
  cents: bigint;
  closedYear: number;
  paid: Place;
  takenBack: Place;
}

interface Place {
  payDate: string;
  statementId: string;
  paymentId: string;
}

interface Of {
  customerId: string;
  period: YtdPeriod;
  today: string;
  records: YtdRow["records"];
}

/** Reversals over the end of a year, either side of which is counted in the period. Oldest first. */
export async function listClosedReversals(
  tx: Tx,
  { customerId, period, today, records }: Of,
): Promise<ClosedReversal[]> {
  const { from, through, asOf } = period;
  if (from === null || through === null || through < from) return [];
  // A reversal is of the year before, the same, or the next one.
  const range = { from: `${yearOf(from) - 1}-01-01`, to: `${yearOf(through) + 1}-12-31` };
  const isCounted = (day: string) => from <= day && day <= through;
  const found: ClosedReversal[] = [];
  for (const { id: individualId, connectionId } of records) {
    const rows = await listOpposedLines(tx, { customerId, connectionId, individualId }, individualId, range);
    const lines = rows.map(({ cents, ...line }) => ({ ...line, amountCents: BigInt(cents) }));
    const reversals = closedReversals(lines, today);
    found.push(
      ...reversals.filter(
        ({ paid, takenBack }) =>
          takenBack.payDate <= asOf && (isCounted(paid.payDate) || isCounted(takenBack.payDate)),
      ),
    );
  }
  return found.sort((a, b) => a.takenBack.payDate.localeCompare(b.takenBack.payDate));
}

function closedReversals(lines: readonly OpposedLine[], today: string): ClosedReversal[] {
  const pairs = pairReversals(lines, today);
  return lines.flatMap((line) => {
    const pair = pairs.get(placeOf(line));
    const isOriginal = pair?.role === "reversed_by" && pair.closedYear !== null;
    if (!isOriginal || pair.closedYear === null || line.payDate === null || pair.payDate === null) return [];
    const { category, name, currency, amountCents: cents, payDate, statementId, paymentId } = line;
    return [
      {
        ...{ category, name, currency, cents, closedYear: pair.closedYear },
        paid: { payDate, statementId, paymentId },
        takenBack: {
          payDate: pair.payDate,
          statementId: pair.statementId,
          paymentId: pair.paymentId,
        },
      },
    ];
  });
}

/** Two records that count together, with where the pay of one ends and that of the other begins (DOMAIN 1.8). */
export interface RecordSeam {
  between: [string, string];
  seam: Seam;
}

/**
 * Where records that count together were paid on the same days, and else where each follows on the one before; in the
 * order in which they were paid. Nothing for a single record.
 */
export async function listRecordSeams(
  tx: Tx,
  customerId: string,
  records: YtdRow["records"],
): Promise<RecordSeam[]> {
  if (records.length < 2) return [];
  const sides = await listLinkSides(
    tx,
    customerId,
    records.map(({ id }) => id),
  );
  const nameOf = (id: string) => {
    const record = records.find((each) => each.id === id);
    return record?.entityName ?? record?.providerName ?? "";
  };
  const byDay = (a: string | null, b: string | null) => (a ?? "9").localeCompare(b ?? "9");
  const inOrder = sides.toSorted(
    (a, b) => byDay(a.firstPayDate, b.firstPayDate) || byDay(a.lastPayDate, b.lastPayDate),
  );
  return inOrder.flatMap((side, at) => {
    const earlier = inOrder
      .slice(0, at)
      .toSorted((a, b) => byDay(a.lastPayDate, b.lastPayDate))
      .map((other): RecordSeam => ({
        between: [nameOf(other.id), nameOf(side.id)],
        seam: seamOf(other, side),
      }));
    const overlaps = earlier.filter(({ seam }) => seam.kind === "overlap");
    return overlaps.length > 0 ? overlaps : earlier.slice(-1);
  });
}
