import { fromDayNumber, toDayNumber } from "../calendar/days";
import { isInForce } from "./apply-classifications";

/** On which days the lines of one item count as what, before and after a change of its own types. Pure. */

/** What lines count as; null in its place is Finch's type. */
export interface Mapped {
  mappedType: string;
  mappedPreTax: boolean | null;
}

export interface DatedMapping extends Mapped {
  effectiveFrom: string | null;
  effectiveTo: string | null;
}

/** Pay dates, both included; null is open. Undated lines are apart. */
export interface PayDays {
  ranges: { from: string | null; to: string | null }[];
  undated: boolean;
}

/** Days on which both stay the same. */
interface Stretch extends PayDays {
  before: Mapped | null;
  after: Mapped | null;
}

const firstDay = "0001-01-01";
const lastDay = "9999-12-31";
const shift = (day: string, by: number) => fromDayNumber(toDayNumber(day) + by);

/** The days between which nothing begins or ends, from the beginning to the end. */
function spans(mappings: readonly DatedMapping[]): PayDays["ranges"] {
  const starts = mappings.flatMap(({ effectiveFrom: from, effectiveTo: to }) => [
    ...(from !== null && from > firstDay ? [from] : []),
    ...(to !== null && to >= firstDay && to < lastDay ? [shift(to, 1)] : []),
  ]);
  const begins = [null, ...[...new Set(starts)].sort()];
  return begins.map((from, at) => {
    const next = begins[at + 1] ?? null;
    return { from, to: next === null ? null : shift(next, -1) };
  });
}

function mappingOn(mappings: readonly DatedMapping[], day: string | null): Mapped | null {
  // As where they are applied: of two in force, the one that began later.
  const [found] = mappings
    .filter((each) => isInForce(each, day))
    .sort((a, b) => (b.effectiveFrom ?? "").localeCompare(a.effectiveFrom ?? ""));
  return found ? { mappedType: found.mappedType, mappedPreTax: found.mappedPreTax } : null;
}

const keyOf = (mapped: Mapped | null) => JSON.stringify(mapped && [mapped.mappedType, mapped.mappedPreTax]);

/** Neighbours that say the same become one. */
function join(ranges: PayDays["ranges"]): PayDays["ranges"] {
  const joined: PayDays["ranges"] = [];
  for (const range of ranges) {
    const last = joined.at(-1);
    if (last && last.to !== null && range.from !== null && shift(last.to, 1) === range.from)
      last.to = range.to;
    else joined.push({ ...range });
  }
  return joined;
}

function gather(stretches: readonly Stretch[], key: (stretch: Stretch) => string): Stretch[] {
  return [...Map.groupBy(stretches, key).values()].flatMap((those) => {
    const [first] = those;
    const ranges = join(those.flatMap(({ ranges: own }) => own));
    return first ? [{ ...first, ranges, undated: those.some(({ undated }) => undated) }] : [];
  });
}

export interface MappingChange {
  /** All days, by what their lines count as before and after: each kind of line once. */
  before: { days: PayDays; as: Mapped | null }[];
  after: { days: PayDays; as: Mapped | null }[];
  /** The days on which it is not the same, by what becomes what. */
  changes: { days: PayDays; from: Mapped | null; to: Mapped | null }[];
  /** All of these together. */
  changed: PayDays;
}

/** What a change of an item's own types changes on which days: `before` and `after` are all that are in force. */
export function mappingChange(
  before: readonly DatedMapping[],
  after: readonly DatedMapping[],
): MappingChange {
  const dated = spans([...before, ...after]).map((range): Stretch => {
    const day = range.from ?? range.to ?? firstDay;
    return {
      ...{ ranges: [range], undated: false },
      ...{ before: mappingOn(before, day), after: mappingOn(after, day) },
    };
  });
  const undated = { before: mappingOn(before, null), after: mappingOn(after, null) };
  const all = [...dated, { ranges: [], undated: true, ...undated }];
  const different = all.filter((each) => keyOf(each.before) !== keyOf(each.after));
  const pick = ({ ranges, undated: without }: Stretch): PayDays => ({ ranges, undated: without });
  return {
    before: gather(all, (each) => keyOf(each.before)).map((each) => ({ days: pick(each), as: each.before })),
    after: gather(all, (each) => keyOf(each.after)).map((each) => ({ days: pick(each), as: each.after })),
    changes: gather(different, (each) => `${keyOf(each.before)} ${keyOf(each.after)}`).map((each) => ({
      ...{ days: pick(each), from: each.before, to: each.after },
    })),
    changed: gather(different, () => "").map(pick)[0] ?? { ranges: [], undated: false },
  };
}
