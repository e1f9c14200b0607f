import type { CountedLineRow, CountedSlipRow } from "@/db/repositories/ytd-lines";
import type { ytdMeasures } from "@/lib/format/pay-choices";
import { addHours } from "./hours";

/** Which lines make a figure. Pure: the same rules as the sums, over single statements and lines. */

export type YtdMeasureName = (typeof ytdMeasures)[number];

/** A line with the type that it counts as. */
export type ClassifiedLine = CountedLineRow & { finchType: string | null };

/** One entry of a drill-down: a statement's own amount, or a line's. */
export interface DrillEntry {
  key: string;
  payDate: string | null;
  paymentId: string;
  statementId: string;
  connectionId: string;
  /** Null: the statement's own amount. */
  line: Pick<ClassifiedLine, "category" | "type" | "finchType" | "name" | "preTax" | "employer"> | null;
  /** What it adds; null where Finch gave nothing, which adds nothing. */
  cents: bigint | null;
  hours: string | null;
  /** 1099 lines are no wages: taken off again. */
  takenOff: boolean;
}

export interface Drill {
  entries: DrillEntry[];
  /** Null of box 1: earnings, taxes and deductions are never added to each other. */
  cents: bigint | null;
  hours: string;
  statements: number;
  /** Entries without the amount (or hours) that is asked for: they add nothing. */
  withoutAmount: number;
}

interface Counted {
  slips: readonly CountedSlipRow[];
  lines: readonly ClassifiedLine[];
  currency: string;
  pay: "employees" | "nonemployee";
}

interface Asked {
  of: YtdMeasureName;
  /** Of earnings, one type; undefined is all of them. */
  type?: string | null | undefined;
  /** Of plan compensation, the names that count; empty counts all. */
  names: readonly (string | null)[];
}

const isContract = ({ category, type }: Pick<ClassifiedLine, "category" | "type">) =>
  category === "earning" && type === "1099";

const fromSlip = (slip: CountedSlipRow, cents: bigint | null, hours: string | null): DrillEntry => ({
  key: slip.statementId,
  payDate: slip.payDate,
  paymentId: slip.paymentId,
  statementId: slip.statementId,
  connectionId: slip.connectionId,
  line: null,
  cents,
  hours,
  takenOff: false,
});

const fromLine = (line: ClassifiedLine, takenOff = false): DrillEntry => ({
  key: `${line.statementId} ${line.ordinal}`,
  payDate: line.payDate,
  paymentId: line.paymentId,
  statementId: line.statementId,
  connectionId: line.connectionId,
  line,
  cents: line.amountCents !== null && takenOff ? -line.amountCents : line.amountCents,
  hours: line.hours,
  takenOff,
});

function linesOf({ lines, currency, pay }: Counted, { of, type, names }: Asked): ClassifiedLine[] {
  const own = lines.filter((line) => line.currency === currency);
  if (of === "contract") return own.filter(isContract);
  const counted = pay === "employees" ? own.filter((line) => !isContract(line)) : own;
  const tax = (employer: boolean | null) =>
    counted.filter((line) => line.category === "tax" && line.employer === employer);
  switch (of) {
    case "earnings":
      return counted.filter(
        (line) => line.category === "earning" && (type === undefined || line.type === type),
      );
    case "compensation":
      return counted.filter(
        (line) => line.category === "earning" && (names.length === 0 || names.includes(line.name)),
      );
    case "taxes":
      return tax(false);
    case "employerTaxes":
      return tax(true);
    case "unknownTaxes":
      return tax(null);
    case "deductions":
      return counted.filter(({ category }) => category === "deduction");
    case "contributions":
      return counted.filter(({ category }) => category === "contribution");
    default:
      return own;
  }
}

function entriesOf(counted: Counted, asked: Asked): DrillEntry[] {
  const { slips, lines, currency, pay } = counted;
  const whole = slips.filter((slip) => !slip.linesOnly);
  if (asked.of === "gross") {
    const paid = whole.filter((slip) => slip.grossCurrency === currency);
    const alone = new Set(slips.filter((slip) => slip.linesOnly).map((slip) => slip.statementId));
    const contract = lines.filter((line) => line.currency === currency && isContract(line));
    const apart = pay === "employees" ? contract : contract.filter((line) => alone.has(line.statementId));
    return [
      ...paid.map((slip) => fromSlip(slip, slip.grossCents, slip.hours)),
      ...apart.map((line) => fromLine(line, pay === "employees")),
    ];
  }
  if (asked.of === "net")
    return whole
      .filter((slip) => slip.netCurrency === currency)
      .map((slip) => fromSlip(slip, slip.netCents, slip.hours));
  if (asked.of === "hours" || asked.of === "statements")
    return whole
      .filter((slip) => slip.currency === currency)
      .map((slip) => fromSlip(slip, slip.grossCents, slip.hours));
  return linesOf(counted, asked).map((line) => fromLine(line));
}

/** The statements and lines behind a figure, oldest first, with their sum. */
export function drill(counted: Counted, asked: Asked): Drill {
  const entries = entriesOf(counted, asked).sort(
    (a, b) => (a.payDate ?? "").localeCompare(b.payDate ?? "") || a.key.localeCompare(b.key),
  );
  const measured = asked.of === "hours" ? "hours" : "cents";
  return {
    entries,
    cents: asked.of === "box1" ? null : entries.reduce((sum, { cents }) => sum + (cents ?? 0n), 0n),
    hours: addHours(entries.map(({ hours }) => hours ?? "0")),
    statements: new Set(entries.map(({ statementId }) => statementId)).size,
    withoutAmount: asked.of === "statements" ? 0 : entries.filter((entry) => entry[measured] === null).length,
  };
}
