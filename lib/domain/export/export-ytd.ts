import type { z } from "zod";
import type { Tx } from "@/db/client";
import type { Context, CustomerContext } from "@/lib/domain/context";
import { openYtd, YtdListInput, type OpenYtd } from "@/lib/domain/payroll/ytd/open-ytd";
import { placed } from "./place";
import { runExport, type ExportFile } from "./run-export";
import { selectionOf } from "./selection";
import type { ExportTable, ExportWish } from "./table";
import { ytdColumns, type YtdExportRow } from "./ytd-columns";
import { filterWords, headOf } from "./ytd-head";
import { lineColumns, lineIdentity, toLineRow, type YtdLineRow } from "./ytd-line-columns";

export type ExportYtdInput = z.input<typeof YtdListInput>;

const permissions = ["payroll:read", "payroll:export"] as const;
const action = "payroll.export";

type Part<Row> = Pick<
  ExportTable<Row>,
  "customerName" | "timeZone" | "now" | "sources" | "visible" | "head" | "filter"
> & {
  search: string;
};

async function openTable(
  tx: Tx,
  ctx: CustomerContext,
  query: z.output<typeof YtdListInput>,
): Promise<{ list: OpenYtd; part: Part<never> }> {
  const list = await openYtd(tx, ctx, query);
  const { world, namesPeople } = list.facts;
  const sources = world.sources.filter(({ id }) => world.scope.visible.includes(id));
  return {
    list,
    part: {
      ...placed(world, sources),
      head: headOf(list.facts, list.totals),
      filter: filterWords(query),
      search: namesPeople ? query.search : "",
    },
  };
}

/**
 * Year-to-date wages of everybody that the page's definition and filter shows, in its order: one row for each person
 * and currency.
 * @throws DomainError FORBIDDEN, NOT_FOUND (employer), RATE_LIMITED
 */
export function exportYtd(context: Context, raw: ExportYtdInput, wish: ExportWish): Promise<ExportFile> {
  const query = YtdListInput.parse(raw);
  return runExport<YtdExportRow>(context, wish, {
    permissions,
    action,
    async open(tx, ctx) {
      const { list, part } = await openTable(tx, ctx, query);
      return {
        ...part,
        selection: selectionOf.ytd(query, list.facts.world.period),
        slug: "year-to-date",
        title: "Year to date",
        count: list.count,
        columns: ytdColumns(query.definition),
        identify: ({ row, figures }) => ({
          key: `${row.individualId}/${figures.currency}`,
          connectionId: row.records[0]?.connectionId ?? "",
          individualId: row.individualId,
        }),
        async *batches() {
          for await (const rows of list.rows())
            yield rows.flatMap((row) => row.figures.map((figures) => ({ row, figures })));
        },
      };
    },
  });
}

/**
 * The lines behind year-to-date wages, person by person in the order of the page: every line that counts, and 1099
 * lines that do not.
 * @throws DomainError FORBIDDEN, NOT_FOUND (employer), RATE_LIMITED
 */
export function exportYtdLines(context: Context, raw: ExportYtdInput, wish: ExportWish): Promise<ExportFile> {
  const query = YtdListInput.parse(raw);
  return runExport<YtdLineRow>(context, wish, {
    permissions,
    action,
    async open(tx, ctx) {
      const { list, part } = await openTable(tx, ctx, query);
      const { sources, period } = list.facts.world;
      return {
        ...part,
        selection: selectionOf.ytdLines(query, period),
        slug: "year-to-date-lines",
        title: "Lines of the year to date",
        // A hundred times as many as people: counting them would take as long as reading them.
        count: null,
        columns: lineColumns,
        identify: lineIdentity,
        async *batches() {
          for await (const people of list.lines())
            yield people.flatMap(({ individualId, name, lines }) =>
              lines.map((line) => {
                const { connectionId } = line;
                const named = list.facts.namesPeople;
                const source = sources.find(({ id }) => id === connectionId);
                return toLineRow(line, { individualId, name, named, provider: source?.providerName ?? null });
              }),
            );
        },
      };
    },
  });
}
