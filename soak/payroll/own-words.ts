import type { Sql } from "postgres";
import { chance, pick, type Random } from "../random";

/** What employers say themselves about pay: what lines count as, and what was paid before. Said to both sides alike. */

export interface OwnType {
  connection: string;
  category: string;
  name: string | null;
  finchType: string | null;
  mappedType: string;
  mappedPreTax: boolean | null;
  /** Pay dates, both included; null is open. */
  from: string | null;
  to: string | null;
}

export interface Opening {
  connection: string;
  entity: string;
  person: string;
  year: number;
  category: string;
  employer: boolean | null;
  /** Lower case; minor units as text. */
  currency: string;
  cents: string;
  throughDate: string;
}

const types: Record<string, readonly string[]> = {
  earning: ["salary", "bonus", "tips", "1099", "reimbursement", "severance"],
  deduction: [
    "401k",
    "401k_roth",
    "hsa_pre",
    "s125_medical",
    "fsa_dependent_care",
    "commuter",
    "custom_post_tax",
  ],
  contribution: ["401k", "hsa_pre"],
};
const flags = [null, null, true, false] as const;
const kinds = [
  ...[["gross", null] as const, ["net", null] as const, ["earning", null] as const],
  ...[["tax", false] as const, ["tax", true] as const, ["tax", null] as const],
  ...[["deduction", null] as const, ["contribution", null] as const],
] as const;

const dayIn = (random: Random, year: number) =>
  new Date(Date.UTC(year, Math.floor(random() * 12), 1 + Math.floor(random() * 28)))
    .toISOString()
    .slice(0, 10);

/** Some of an employer's items with other types, on all pay dates or on some. An item is said once. */
export async function someTypes(
  sql: Sql,
  random: Random,
  { connections, years }: { connections: readonly string[]; years: readonly number[] },
): Promise<OwnType[]> {
  const items = await sql<Pick<OwnType, "connection" | "category" | "name" | "finchType">[]>`
    select distinct s.connection, l.category, l.name, l.finch_type as "finchType" from ytd_proof.lines l
    join ytd_proof.slips s on s.id = l.slip
    where s.connection = any(${[...connections]}) and l.category <> 'tax' and not exists (select from ytd_proof.types t
      where t.connection = s.connection and t.category = l.category and t.name is not distinct from l.name
        and t.finch_type is not distinct from l.finch_type) order by 1, 2, 3, 4`;
  return items
    .filter(() => chance(random, 0.4))
    .map((item): OwnType => {
      const [one, two] = [dayIn(random, pick(random, years)), dayIn(random, pick(random, years))].sort();
      return {
        ...item,
        mappedType: pick(random, types[item.category] ?? []),
        mappedPreTax: item.category === "deduction" ? pick(random, flags) : null,
        from: chance(random, 0.5) ? (one ?? null) : null,
        to: chance(random, 0.3) ? (two ?? null) : null,
      };
    });
}

/** Some people with balances of the years that are here, also people without any statement. */
export async function someOpenings(
  sql: Sql,
  random: Random,
  { connections, years }: { connections: readonly string[]; years: readonly number[] },
): Promise<Opening[]> {
  const people = await sql<Pick<Opening, "connection" | "entity" | "person">[]>`
    select connection, entity, person from ytd_proof.people p where connection = any(${[...connections]})
      and not exists (select from ytd_proof.openings o where o.connection = p.connection and o.entity = p.entity and o.person = p.person)
    order by 1, 2, 3 limit 40`;
  return people
    .filter(() => chance(random, 0.3))
    .flatMap((place) => {
      const year = pick(random, years);
      const throughDate = dayIn(random, year);
      const currency = pick(random, ["usd", "usd", "jpy"]);
      return kinds
        .filter(() => chance(random, 0.5))
        .map(([category, employer]): Opening => ({
          ...{ ...place, year, category, employer, currency, throughDate },
          cents: String(Math.floor(random() * 9_000_000)),
        }));
    });
}
