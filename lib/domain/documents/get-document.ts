import { z } from "zod";
import { inScope } from "@/db/client";
import { readClock } from "@/db/repositories/connections-clock";
import { findCustomer } from "@/db/repositories/customers";
import { findDocument, listDocumentRows } from "@/db/repositories/documents";
import { can, requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { toDirectorySource, type DirectorySourceView } from "@/lib/domain/individuals/list-directory";
import { visibleSources } from "@/lib/domain/individuals/resolve-filter";
import { anyDocument } from "./list-documents";
import { stateOfForm, toDocumentView, type DocumentView } from "./to-document-view";
import { toForm, type FormView } from "./to-form";
import { loadW4States } from "./w4-state";

export const GetDocumentInput = z.strictObject({ documentId: z.uuid() });
export type GetDocumentInput = z.input<typeof GetDocumentInput>;

export interface DocumentDetailView {
  customerName: string;
  timeZone: string;
  now: Date;
  document: DocumentView;
  form: FormView;
  /** What Finch answered instead of the form's data. */
  failure: string | null;
  source: DirectorySourceView;
  finchDocumentId: string;
  /** The same person's other forms, the newest first. */
  others: DocumentView[];
  /** Whether Finch can be asked for this person's forms again, by this reader and now. */
  mayFetchAgain: boolean;
}

const othersShown = 20;

/**
 * One W-4 as it was handed in. What is not a field of the form is not in it.
 * @throws DomainError FORBIDDEN, NOT_FOUND
 */
export async function getDocument(context: Context, raw: GetDocumentInput): Promise<DocumentDetailView> {
  const ctx = requireCustomer(context);
  const { customerId } = ctx.scope;
  requirePermission(ctx, "document:read");
  // It names people.
  requirePermission(ctx, "individual:read");
  const input = GetDocumentInput.safeParse(raw);
  if (!input.success) throw notFound("document");
  return inScope(
    ctx,
    async (tx) => {
      const sources = (await visibleSources(tx, ctx)).filter(({ id }) =>
        can(ctx, "document:read", { connectionId: id }),
      );
      const visible = sources.map(({ id }) => id);
      const row = await findDocument(tx, customerId, input.data.documentId, visible);
      const source = sources.find(({ id }) => id === row?.connectionId);
      const customer = await findCustomer(tx, customerId);
      if (!row || !source || !customer) throw notFound("document");
      const state = stateOfForm(row, source.providerName);
      const [sync] = await loadW4States(tx, ctx, [source]);
      const ofPerson = row.individualId
        ? await listDocumentRows(
            tx,
            customerId,
            { ...anyDocument, visible: [source.id], individualId: row.individualId },
            { pivot: null, backwards: false, limit: othersShown + 1 },
          )
        : [];
      return {
        customerName: customer.name,
        timeZone: customer.timeZone,
        now: await readClock(tx),
        document: toDocumentView(row, source),
        form: toForm(row.type, row.content, state),
        failure: state.kind === "failed" ? state.message : null,
        source: toDirectorySource(source),
        finchDocumentId: row.finchDocumentId,
        mayFetchAgain:
          row.individualId !== null &&
          row.personDeletedAt === null &&
          sync !== undefined &&
          sync.maySync &&
          sync.obstacle === null &&
          (sync.sync === null || sync.sync.finishedAt !== null),
        others: ofPerson.filter(({ id }) => id !== row.id).map((other) => toDocumentView(other, source)),
      };
    },
    { readOnly: true },
  );
}
