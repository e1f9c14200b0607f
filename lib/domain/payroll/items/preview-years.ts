import type { Tx } from "@/db/client";
import { sumPayItemYears, type PayItemRange, type PayItemYearRow } from "@/db/repositories/pay-item-effects";
import { box1RuleOf } from "../box1/rules";
import type { PayItemKey } from "./classification-input";
import type { YearEffectView } from "./views";

interface Mapped {
  mappedType: string;
  mappedPreTax: boolean | null;
}

interface PreviewYears extends PayItemKey {
  customerId: string;
  from: string | null;
  to: string | null;
  thisYear: number;
}

type Ends = { lowCents: bigint; highCents: bigint };

/**
 * What sums of people add to the low and high ends, without the limits of a year: those are a person's. Each person's
 * own sum turns the ends around where it is negative.
 */
function endsOf(row: PayItemYearRow, item: PayItemKey, as: Mapped | null): Ends {
  const { category, name } = item;
  const preTax = as?.mappedPreTax ?? row.preTax;
  const { effect } = box1RuleOf({ category, type: as?.mappedType ?? item.finchType, name, preTax });
  const sign = category === "deduction" ? -1n : 1n;
  if (effect === "unknown") {
    return category === "deduction"
      ? { lowCents: -row.aboveCents, highCents: -row.belowCents }
      : { lowCents: row.belowCents, highCents: row.aboveCents };
  }
  const counted = effect === "out" || effect === "not_subtracted" ? 0n : sign * row.amountCents;
  return { lowCents: counted, highCents: counted };
}

type Item = Omit<PreviewYears, "thisYear">;

/** The lines of an item, in the words of the database. */
export const rangeOf = ({
  customerId,
  connectionId,
  category,
  name,
  finchType,
  from,
  to,
}: Item): PayItemRange => ({
  customerId,
  connectionId,
  match: { category, name, type: finchType },
  from,
  to,
});

const add = (a: Ends, b: Ends): Ends => ({
  lowCents: a.lowCents + b.lowCents,
  highCents: a.highCents + b.highCents,
});

/** Lines of an item by year and currency, with the estimate as Finch's type and as the own one. */
export async function previewYears(tx: Tx, asked: PreviewYears, as: Mapped): Promise<YearEffectView[]> {
  const { thisYear, ...item } = asked;
  const rows = await sumPayItemYears(tx, rangeOf(item));
  const years = Map.groupBy(rows, ({ year, currency }) => `${year} ${currency}`);
  return [...years.values()].flatMap((parts) => {
    const [first] = parts;
    if (!first) return [];
    const zero: Ends = { lowCents: 0n, highCents: 0n };
    const ends = (mapped: Mapped | null) =>
      parts.reduce((sum, part) => add(sum, endsOf(part, item, mapped)), zero);
    return {
      year: first.year,
      closed: first.year !== 0 && first.year < thisYear,
      currency: first.currency,
      lines: parts.reduce((sum, { lines }) => sum + lines, 0),
      people: first.people,
      amountCents: parts.reduce((sum, { amountCents }) => sum + amountCents, 0n),
      box1: first.currency === "usd" ? { before: ends(null), after: ends(as) } : null,
    };
  });
}
