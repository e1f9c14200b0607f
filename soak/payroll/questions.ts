import type { Random } from "../random";
import { chance, pick } from "../random";

/** What is asked of wages: the product's query, and the same words for the recompute. */

export interface Question {
  definition: "gross" | "plan" | "box1";
  names: (string | null)[];
  period: "year" | "plan" | "range" | "undated";
  year: number | null;
  planStart: number;
  from: string | null;
  to: string | null;
  asOf: string | null;
  together: "apart" | "ein" | "together";
  pay: "employees" | "nonemployee";
  /** All that are asked for; the product takes all where none is named. */
  connections: string[];
  entities: string[];
  sort: "name" | "statements" | "gross" | "taxes" | "deductions" | "net" | "contributions" | "hours";
  descending: boolean;
}

/** What there is at an employer to ask for. */
export interface Known {
  connections: string[];
  /** `<connection>.<entity>` */
  units: string[];
  years: number[];
  earningNames: (string | null)[];
  hasLinks: boolean;
  thisYear: number;
}

const plain = (connections: string[]): Question => ({
  definition: "gross",
  names: [],
  period: "year",
  year: null,
  planStart: 1,
  from: null,
  to: null,
  asOf: null,
  together: "apart",
  pay: "employees",
  connections,
  entities: [],
  sort: "name",
  descending: false,
});

const sorts = [
  "name",
  "statements",
  "gross",
  "taxes",
  "deductions",
  "net",
  "contributions",
  "hours",
] as const;
const dayOf = (random: Random, year: number) =>
  new Date(Date.UTC(year, 0, 1 + Math.floor(random() * 365))).toISOString().slice(0, 10);

/** Each year whole, the undated, what is still to come, and `more` questions of any other kind. */
export function questionsOf(known: Known, random: Random, more: number): Question[] {
  const all = plain(known.connections);
  const end = `${known.thisYear + 1}-12-31`;
  const whole = (["gross", "box1"] as const).flatMap((definition) =>
    known.years.map((year): Question => ({ ...all, definition, year, asOf: end })),
  );
  const always: Question[] = [
    all,
    { ...all, period: "undated" },
    { ...all, pay: "nonemployee", asOf: end },
    { ...all, definition: "plan" },
    ...(known.hasLinks
      ? (["ein", "together"] as const).map((together): Question => ({
          ...all,
          definition: "box1",
          together,
          asOf: end,
        }))
      : []),
  ];
  return [...whole, ...always, ...Array.from({ length: more }, () => anyQuestion(known, random))];
}

function anyQuestion(known: Known, random: Random): Question {
  const all = plain(known.connections);
  const year = pick(random, [...known.years, known.thisYear]);
  const anyDay = () => dayOf(random, pick(random, [...known.years, known.thisYear]));
  const definition = pick(random, ["gross", "plan", "box1"] as const);
  const names = known.earningNames.filter(() => chance(random, 0.4));
  return {
    ...all,
    definition,
    names: definition === "plan" ? names : [],
    period: pick(random, ["year", "plan", "range"] as const),
    year: chance(random, 0.2) ? null : year,
    planStart: 1 + Math.floor(random() * 12),
    from: anyDay(),
    to: anyDay(),
    asOf: chance(random, 0.3) ? null : anyDay(),
    together: known.hasLinks ? pick(random, ["apart", "ein", "together"] as const) : "apart",
    pay: definition !== "plan" && chance(random, 0.3) ? "nonemployee" : "employees",
    connections: chance(random, 0.3) ? [pick(random, known.connections)] : known.connections,
    entities: chance(random, 0.3) ? [pick(random, known.units)] : [],
    sort: pick(random, sorts),
    descending: chance(random, 0.5),
  };
}
