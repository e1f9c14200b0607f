import type { DocumentRow } from "@/db/repositories/documents";
import type { SourceRow } from "@/db/repositories/individual-sources";
import type { Field, ReadState } from "@/lib/domain/individuals/field";
import { toItemError } from "@/lib/domain/individuals/read-state";
import { sortName } from "@/lib/format/names";
import { toFilingStatus } from "./to-form";

export interface DocumentView {
  id: string;
  /** Null where Finch names nobody. */
  person: { id: string; name: string; gone: boolean } | null;
  /** As it came. */
  type: string | null;
  year: number | null;
  filingStatus: Field<string>;
  state: ReadState["kind"];
  connection: { id: string; providerName: string };
  /** When its data was read; null where it was not. */
  readAt: Date | null;
}

/** Whether the form's data is here, and if not, why. */
export function stateOfForm(row: DocumentRow, providerName: string): ReadState {
  if (row.contentFetchedAt) return { kind: "read" };
  const error = toItemError(row.contentError, providerName);
  return error ? { kind: "failed", message: error.message } : { kind: "syncing" };
}

/** One line of the list by allow-list. */
export function toDocumentView(row: DocumentRow, source: SourceRow): DocumentView {
  const state = stateOfForm(row, source.providerName);
  return {
    id: row.id,
    person: personOf(row),
    type: row.type,
    year: row.year,
    filingStatus: toFilingStatus(row.content, state),
    state: state.kind,
    connection: { id: source.id, providerName: source.providerName },
    readAt: row.contentFetchedAt,
  };
}

export function personOf(row: DocumentRow): DocumentView["person"] {
  if (row.individualId === null) return null;
  const name = sortName({ first: row.firstName, last: row.lastName, preferred: row.preferredName });
  return { id: row.individualId, name: name ?? "Unnamed person", gone: row.personDeletedAt !== null };
}
