import type { z } from "zod";
import type { Tx } from "@/db/client";
import { countYtdPeople, listYtdPeople } from "@/db/repositories/ytd-people";
import type { CustomerContext } from "@/lib/domain/context";
import { readCounted } from "./get-ytd-person";
import type { ClassifiedLine } from "./drill-lines";
import { orderOf, peopleFilter, readRowFacts } from "./list-ytd";
import { loadYtdRows, type RowFacts } from "./load-rows";
import { readTotals } from "./read-totals";
import { readDefinitionTotals, withDefinition } from "./definition-totals";
import { toTotals, type YtdTotals } from "./to-totals";
import type { YtdRow } from "./views";
import { YtdFilterInput, YtdQuery } from "./ytd-query";

/** What a list is asked for, without a place in it. */
export const YtdListInput = YtdQuery.omit({ after: true, before: true, position: true, columns: true });
export type YtdListInput = z.output<typeof YtdListInput>;

/** A list of year-to-date wages from its beginning to its end, in the order of its page. */
export interface OpenYtd {
  facts: RowFacts;
  /** Over everybody, whatever the list is narrowed to; one entry for each currency. */
  totals: YtdTotals[];
  /** People in it. */
  count: number;
  rows(): AsyncGenerator<YtdRow[], void, void>;
  /** The lines behind it, person by person, with the types that they count as. */
  lines(): AsyncGenerator<
    { individualId: string; name: string | null; lines: ClassifiedLine[] }[],
    void,
    void
  >;
}

const batchSize = 500;
/** A person's year is some 300 lines. */
const peopleAtOnce = 50;

/**
 * Opens a list for an export: the same people and figures as the page, batch by batch, in the transaction of the caller,
 * who has checked the permission.
 * @throws DomainError NOT_FOUND (employer)
 */
export async function openYtd(tx: Tx, ctx: CustomerContext, input: YtdListInput): Promise<OpenYtd> {
  const { sort, descending, currency, ...rest } = input;
  const facts = await readRowFacts(tx, ctx, YtdFilterInput.parse(rest));
  const { scope, openings } = facts.world;
  const filter = peopleFilter(facts);
  const sums = toTotals(await readTotals(tx, facts.world), openings, scope.pay);
  const counted = await readDefinitionTotals(tx, facts);
  const totals = withDefinition(sums, counted.rows, null);
  const order = orderOf(facts, { sort, descending }, currency ?? totals[0]?.currency ?? "usd");

  async function* batches(limit: number): AsyncGenerator<string[], void, void> {
    for (let pivot: string | null = null; ;) {
      const ids: string[] = await listYtdPeople(tx, scope, filter, order, { pivot, backwards: false, limit });
      if (ids.length > 0) yield ids;
      if (ids.length < limit) return;
      pivot = ids.at(-1) ?? null;
    }
  }

  return {
    facts,
    totals,
    count: await countYtdPeople(tx, scope, filter),
    async *rows() {
      for await (const ids of batches(batchSize)) yield loadYtdRows(tx, facts, ids);
    },
    async *lines() {
      for await (const ids of batches(peopleAtOnce)) {
        const rows = await loadYtdRows(tx, facts, ids);
        const { lines } = await readCounted(tx, facts, ids);
        const of = Map.groupBy(lines, ({ anchor }) => anchor);
        yield rows.map(({ individualId, name }) => ({
          individualId,
          name,
          lines: of.get(individualId) ?? [],
        }));
      }
    },
  };
}
