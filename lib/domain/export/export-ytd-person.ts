import type { z } from "zod";
import { can } from "@/lib/auth/permissions";
import type { Context } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { getYtdPerson, YtdPersonInput } from "@/lib/domain/payroll/ytd/get-ytd-person";
import type { YtdRow } from "@/lib/domain/payroll/ytd/views";
import { personCoverage } from "@/lib/format/coverage-words";
import { formatMoney } from "@/lib/format/money";
import { runExport, type ExportFile } from "./run-export";
import { selectionOf } from "./selection";
import { oneRun, type ExportWish, type HeadLine } from "./table";
import { periodWords } from "./ytd-head";
import { lineColumns, lineIdentity, toEntryRow, type YtdLineRow } from "./ytd-line-columns";

/**
 * The statements and lines behind one figure of a person, as the page shows them.
 * @throws DomainError FORBIDDEN, NOT_FOUND (person), RATE_LIMITED
 */
export async function exportYtdPerson(
  context: Context,
  raw: z.input<typeof YtdPersonInput>,
  wish: ExportWish,
): Promise<ExportFile> {
  const parsed = YtdPersonInput.safeParse(raw);
  if (!parsed.success) throw notFound("person");
  const input = parsed.data;
  return runExport<YtdLineRow>(context, wish, {
    permissions: ["payroll:read", "payroll:export"],
    action: "payroll.export",
    target: { type: "individuals", id: input.individualId },
    async open(_tx, ctx) {
      const view = await getYtdPerson(ctx, input);
      const { row, period, drill, of, currency, sources } = view;
      const { individualId } = row;
      const named = !row.hidden;
      const providerOf = (id: string) => sources.find((source) => source.id === id)?.providerName ?? null;
      const rows = drill.entries.map((entry) =>
        toEntryRow(entry, currency, {
          individualId,
          name: row.name,
          named,
          provider: providerOf(entry.connectionId),
        }),
      );
      const figure = { individualId, of, currency, type: input.type };
      return {
        selection: selectionOf.ytdLines(input.query, period, figure),
        slug: "lines",
        title: "Lines behind a figure",
        customerName: view.customerName,
        timeZone: view.timeZone,
        now: view.now,
        head: [
          [
            "Definition",
            `What makes the figure "${of}"${input.type === undefined ? "" : `, type ${input.type ?? "not given"}`}`,
          ],
          ["Person", named ? (row.name ?? "Unnamed person") : "(no access)"],
          ["Period", periodWords(period)],
          ["As of", period.asOf],
          ...coverageLines(row),
          [
            "Sum",
            of === "hours"
              ? `${drill.hours} h`
              : (formatMoney(drill.cents, currency || null, { atLeast: drill.withoutAmount > 0 }) ??
                "none: lines of all kinds are never added to each other"),
          ],
        ],
        filter: ["one person"],
        sources,
        visible: sources.map(({ id }) => id).filter((id) => can(ctx, "payroll:read", { connectionId: id })),
        count: rows.length,
        columns: lineColumns,
        identify: lineIdentity,
        batches: () => oneRun(rows),
      };
    },
  });
}

/** What the person's figures cover, where that is not everything, in the words of the page. */
function coverageLines({ coverage, records }: YtdRow): HeadLine[] {
  const { lacking, days } = personCoverage(coverage, records[0]?.providerName ?? "The provider");
  return [
    ...(lacking ? [["Completeness", `${lacking.title}. ${lacking.means}`] satisfies HeadLine] : []),
    ...days.map((text): HeadLine => ["Period covered", text]),
  ];
}
