import type { z } from "zod";
import { countDocuments, listDocumentRows, type DocumentRow } from "@/db/repositories/documents";
import type { Context } from "@/lib/domain/context";
import { DocumentFilterInput } from "@/lib/domain/documents/document-query";
import { toDocumentFilter } from "@/lib/domain/documents/list-documents";
import { toDocumentView, type DocumentView } from "@/lib/domain/documents/to-document-view";
import { fieldCell, numberCell, yesNo } from "./cells";
import { placed, readPlace } from "./place";
import { runExport, type ExportFile } from "./run-export";
import { selectionOf } from "./selection";
import { runsOf, type ExportColumn, type ExportWish } from "./table";

export type ExportDocumentsInput = z.input<typeof DocumentFilterInput>;

const batchSize = 500;
const stateWords = { read: "read", syncing: "on its way", failed: "not readable" } as const;

/**
 * The tax forms that the page's filter shows, by person; nothing of what stands in them but the filing status.
 * @throws DomainError FORBIDDEN, NOT_FOUND (employer), RATE_LIMITED
 */
export function exportDocuments(
  context: Context,
  raw: ExportDocumentsInput,
  wish: ExportWish,
): Promise<ExportFile> {
  const query = DocumentFilterInput.parse(raw);
  return runExport<DocumentView>(context, wish, {
    permissions: ["document:read", "individual:read", "payroll:export"],
    action: "payroll.export",
    async open(tx, ctx) {
      const place = await readPlace(tx, ctx, "document:read");
      const { customerId, sources, today } = place;
      const filter = toDocumentFilter(
        query,
        sources.map(({ id }) => id),
      );
      const read = (last: DocumentRow | null, limit: number) =>
        listDocumentRows(tx, customerId, filter, { pivot: last?.id ?? null, backwards: false, limit });
      return {
        ...placed(place, sources),
        selection: selectionOf.documents(query),
        slug: "tax-forms",
        title: "Tax forms",
        head: [
          ["Definition", "W-4 forms that Finch names, and whether their data was read"],
          ["As of", today],
        ],
        filter: filterWords(query),
        search: query.search,
        count: await countDocuments(tx, customerId, filter),
        columns: documentColumns,
        identify: ({ id, person, connection }) => ({
          key: id,
          connectionId: connection.id,
          individualId: person?.id ?? null,
        }),
        async *batches() {
          for await (const rows of runsOf(batchSize, read))
            yield rows.flatMap((row) => {
              const source = sources.find(({ id }) => id === row.connectionId);
              return source ? [toDocumentView(row, source)] : [];
            });
        },
      };
    },
  });
}

const filterWords = ({
  types,
  years,
  connections,
  state,
  individual,
}: z.output<typeof DocumentFilterInput>) => [
  ...(types.length > 0 ? [`kind ${types.map((type) => type ?? "not given").join(", ")}`] : []),
  ...(years.length > 0 ? [`tax year ${years.join(", ")}`] : []),
  ...(connections.length > 0 ? [`${connections.length} connections`] : []),
  ...(state ? [`forms that are ${state === "unread" ? "on their way" : state}`] : []),
  ...(individual ? ["forms of one person"] : []),
];

const documentColumns: readonly ExportColumn<DocumentView>[] = [
  { title: "Name", cell: ({ person }) => person?.name ?? null },
  { title: "Form", cell: ({ type }) => type },
  { title: "Tax year", cell: ({ year }) => numberCell(year) },
  { title: "Filing status", cell: ({ filingStatus }) => fieldCell(filingStatus) },
  { title: "Data", cell: ({ state }) => (state in stateWords ? stateWords[state as "read"] : state) },
  { title: "Read at (UTC)", cell: ({ readAt }) => readAt?.toISOString() ?? null },
  { title: "Left the directory", cell: ({ person }) => person && yesNo(person.gone) },
  { title: "Provider", cell: ({ connection }) => connection.providerName },
  { title: "Person id", cell: ({ person }) => person?.id ?? null },
  { title: "Form id", cell: ({ id }) => id },
];
