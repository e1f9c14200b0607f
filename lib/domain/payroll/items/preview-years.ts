import type { Tx } from "@/db/client";
import { sumPayItemYears, type PayItemYearRow } from "@/db/repositories/pay-item-effects";
import { box1RuleOf } from "../box1/rules";
import type { PayItemKey } from "./classification-input";
import type { Mapped, MappingChange, PayDays } from "./mapping-days";
import type { YearEffectView } from "./views";

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

interface Item extends PayItemKey {
  customerId: string;
}

/** An item's lines of some days by year, currency and flag. */
export function sumItem(
  tx: Tx,
  { customerId, connectionId, category, name, finchType: type }: Item,
  days: PayDays,
): Promise<PayItemYearRow[]> {
  return sumPayItemYears(tx, { customerId, connectionId, match: { category, name, type }, ...days });
}

const keyOf = ({ year, currency }: PayItemYearRow) => `${year} ${currency}`;

/** Both ends by year and currency: all of the item's lines, each by what it counts as on its day. */
async function estimate(
  tx: Tx,
  item: Item,
  parts: MappingChange["before"],
  read: (days: PayDays) => Promise<PayItemYearRow[]>,
): Promise<Map<string, Ends>> {
  const ends = new Map<string, Ends>();
  for (const { days, as } of parts)
    for (const row of await read(days)) {
      const { lowCents, highCents } = endsOf(row, item, as);
      const sum = ends.get(keyOf(row)) ?? { lowCents: 0n, highCents: 0n };
      ends.set(keyOf(row), { lowCents: sum.lowCents + lowCents, highCents: sum.highCents + highCents });
    }
  return ends;
}

/**
 * The lines of an item that a change is about, by year and currency, with the estimate before and after it. The
 * estimate is of all the item's lines in that year: lines of other days may turn the ends of one person's sum around.
 */
export async function previewYears(
  tx: Tx,
  item: Item,
  change: MappingChange,
  thisYear: number,
): Promise<YearEffectView[]> {
  const known = new Map<string, Promise<PayItemYearRow[]>>();
  const read = (days: PayDays) => {
    const key = JSON.stringify(days);
    const rows = known.get(key) ?? sumItem(tx, item, days);
    known.set(key, rows);
    return rows;
  };
  const years = Map.groupBy(await read(change.changed), keyOf);
  if (years.size === 0) return [];
  const before = await estimate(tx, item, change.before, read);
  const after = await estimate(tx, item, change.after, read);
  const zero: Ends = { lowCents: 0n, highCents: 0n };
  return [...years].flatMap(([key, parts]) => {
    const [first] = parts;
    if (!first) return [];
    return {
      year: first.year,
      closed: first.year !== 0 && first.year < thisYear,
      currency: first.currency,
      lines: parts.reduce((sum, { lines }) => sum + lines, 0),
      people: first.people,
      amountCents: parts.reduce((sum, { amountCents }) => sum + amountCents, 0n),
      box1:
        first.currency === "usd" ? { before: before.get(key) ?? zero, after: after.get(key) ?? zero } : null,
    };
  });
}
