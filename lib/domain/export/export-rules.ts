import type { Context } from "@/lib/domain/context";
import { getBox1Table, type Box1RuleView } from "@/lib/domain/payroll/box1/get-box1-table";
import { listLimits, type LimitCellView, type LimitRowView } from "@/lib/domain/payroll/limits/list-limits";
import { formatMoney } from "@/lib/format/money";
import { payCategoryLabels } from "@/lib/format/pay-types";
import { toDecimal } from "./cells";
import { placed, readPlace } from "./place";
import { runExport, type ExportFile } from "./run-export";
import { selectionOf } from "./selection";
import { oneRun, type ExportColumn, type ExportWish } from "./table";

const permissions = ["payroll:read", "payroll:export"] as const;
const action = "payroll.export";

interface LimitRow {
  limit: LimitRowView;
  cell: LimitCellView;
}

/**
 * The yearly limits with their sources: one row for each limit and year.
 * @throws DomainError FORBIDDEN, NOT_FOUND (employer), RATE_LIMITED
 */
export function exportLimits(context: Context, wish: ExportWish): Promise<ExportFile> {
  return runExport<LimitRow>(context, wish, {
    permissions,
    action,
    async open(tx, ctx) {
      const place = await readPlace(tx, ctx, "payroll:read");
      const { limits } = await listLimits(ctx);
      const rows = limits.flatMap((limit) => limit.cells.map((cell) => ({ limit, cell })));
      return {
        ...placed(place, []),
        selection: selectionOf.fixed("limits"),
        slug: "limits",
        title: "Yearly limits",
        head: [
          ["Definition", "Limits of the IRS; a year without a figure has none: no other year stands in"],
          ["As of", place.today],
        ],
        filter: [],
        count: rows.length,
        columns: limitColumns,
        identify: null,
        batches: () => oneRun(rows),
      };
    },
  });
}

const stateWords = {
  known: "known",
  unconfirmed: "from memory, not confirmed",
  none: "no such limit in that year",
  missing: "not entered",
} as const;

const limitColumns: readonly ExportColumn<LimitRow>[] = [
  { title: "Limit", cell: ({ limit }) => limit.label },
  { title: "Year", cell: ({ cell }) => ({ number: String(cell.year) }) },
  { title: "Currency", cell: () => "USD" },
  {
    title: "Amount",
    cell: ({ cell: { value } }) =>
      "amountCents" in value ? { number: toDecimal(value.amountCents, "usd") } : null,
  },
  { title: "State", cell: ({ cell }) => stateWords[cell.value.kind] },
  { title: "Source", cell: ({ limit, cell }) => cell.confirmed?.source ?? limit.source.title },
  { title: "Address of the source", cell: ({ limit, cell }) => (cell.confirmed ? null : limit.source.url) },
  {
    title: "Compared or entered on",
    cell: ({ limit, cell }) => cell.confirmed?.at.toISOString() ?? limit.source.checkedOn,
  },
  { title: "Note", cell: ({ limit }) => limit.note },
];

/**
 * The rules of the box 1 estimate, in the order in which they are tried.
 * @throws DomainError FORBIDDEN, NOT_FOUND (employer), RATE_LIMITED
 */
export function exportBox1Rules(context: Context, wish: ExportWish): Promise<ExportFile> {
  return runExport<Box1RuleView>(context, wish, {
    permissions,
    action,
    async open(tx, ctx) {
      const place = await readPlace(tx, ctx, "payroll:read");
      const { rules, sources } = await getBox1Table(ctx);
      return {
        ...placed(place, []),
        selection: selectionOf.fixed("box1_rules"),
        slug: "box-1-rules",
        title: "Box 1 rules",
        head: [
          [
            "Definition",
            "How W-2 box 1 is estimated, from low to high; the first rule that fits a line decides it",
          ],
          ["As of", place.today],
          ...sources.map(({ title, url }) => ["Source", url ? `${title}, ${url}` : title] as const),
        ],
        filter: [],
        count: rules.length,
        columns: ruleColumns,
        identify: null,
        batches: () => oneRun(rules),
      };
    },
  });
}

function limitWords({ limit }: Box1RuleView): string | null {
  if (!limit) return null;
  const years = limit.years.map(({ year, value }) =>
    "amountCents" in value
      ? `${year}: ${formatMoney(value.amountCents, "usd")}${value.kind === "unconfirmed" ? " (not confirmed)" : ""}`
      : `${year}: ${stateWords[value.kind]}`,
  );
  return `per ${limit.per}; ${years.join(", ")}`;
}

const ruleColumns: readonly ExportColumn<Box1RuleView>[] = [
  { title: "Category", cell: ({ category }) => payCategoryLabels[category] },
  { title: "Types", cell: ({ types }) => types.join("; ") || "all that are left" },
  { title: "Flag", cell: ({ flags }) => flags.join("; ") || "any" },
  { title: "Name says", cell: ({ named }) => named },
  { title: "Low", cell: ({ low }) => low },
  { title: "High", cell: ({ high }) => high },
  { title: "Assumed", cell: ({ assumed }) => assumed?.replaceAll("_", " ") ?? null },
  { title: "Limit", cell: limitWords },
  { title: "Criteria", cell: ({ criteria }) => criteria.join("; ") || null },
  { title: "Reason", cell: ({ reason }) => reason },
  { title: "Conflict", cell: ({ conflict }) => conflict },
  { title: "Own type of Perch", cell: ({ own }) => (own ? "yes" : "no") },
];
