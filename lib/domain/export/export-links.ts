import type { Context } from "@/lib/domain/context";
import { listLinkSuggestions, type LinkSideView, type LinkView } from "@/lib/domain/payroll/links/list-links";
import { numberCell } from "./cells";
import { placed, readPlace } from "./place";
import { runExport, type ExportFile } from "./run-export";
import { selectionOf } from "./selection";
import { oneRun, type ExportColumn, type ExportWish } from "./table";

/**
 * Records that are, or may be, one person: suggestions first, then what was decided.
 * @throws DomainError FORBIDDEN (also for whoever sees some connections only), NOT_FOUND (employer), RATE_LIMITED
 */
export function exportLinks(context: Context, wish: ExportWish): Promise<ExportFile> {
  return runExport<LinkView>(context, wish, {
    permissions: ["payroll:read", "payroll:manage", "payroll:export"],
    action: "payroll.export",
    async open(tx, ctx) {
      const { suggested, confirmed, others } = await listLinkSuggestions(ctx);
      const place = await readPlace(tx, ctx, "payroll:read");
      const rows = [...suggested, ...confirmed, ...others];
      return {
        ...placed(place, place.sources),
        selection: selectionOf.fixed("links"),
        slug: "linked-records",
        title: "Linked records",
        head: [
          [
            "Definition",
            "Records of one person: nothing is linked by itself, and every decision can be undone",
          ],
          ["As of", place.today],
        ],
        filter: [],
        count: rows.length,
        columns: linkColumns,
        identify: null,
        batches: () => oneRun(rows),
      };
    },
  });
}

const sideColumns: readonly ExportColumn<LinkSideView>[] = [
  { title: "name", cell: ({ name, hidden }) => (hidden ? "(no access)" : name) },
  { title: "provider", cell: ({ providerName }) => providerName },
  { title: "entity", cell: ({ entityName }) => entityName },
  { title: "EIN", cell: ({ ein }) => ein },
  { title: "start date", cell: ({ startDate }) => startDate },
  { title: "end date", cell: ({ endDate }) => endDate },
  { title: "first pay date", cell: ({ firstPayDate }) => firstPayDate },
  { title: "last pay date", cell: ({ lastPayDate }) => lastPayDate },
  { title: "statements", cell: ({ statements }) => numberCell(statements) },
  { title: "person id", cell: ({ individualId }) => individualId },
];

const ofSide = (name: string, at: 0 | 1) =>
  sideColumns.map((column): ExportColumn<LinkView> => ({
    title: `${name}: ${column.title}`,
    cell: ({ sides }) => column.cell(sides[at]),
  }));

const linkColumns: readonly ExportColumn<LinkView>[] = [
  { title: "State", cell: ({ state }) => state },
  { title: "What speaks for it", cell: ({ evidence }) => evidence.join("; ") || null },
  ...ofSide("One record", 0),
  ...ofSide("Other record", 1),
  { title: "Decided by", cell: ({ decidedByName }) => decidedByName },
  { title: "Decided at (UTC)", cell: ({ decidedAt }) => decidedAt?.toISOString() ?? null },
];
