import type { Tx } from "@/db/client";
import type { ItemErrorValues } from "@/db/repositories/item-errors";
import {
  findDocumentPerson,
  markDocumentError,
  updateDocumentContent,
  upsertDocuments,
} from "@/db/repositories/mirror-documents";
import { markOneGone, nextDetail } from "@/db/repositories/mirror-lists";
import { resolvePeople } from "@/db/repositories/mirror-people";
import { upsertRawRecords } from "@/db/repositories/raw-records";
import { getDocument, listDocuments, type FinchDocument, type FinchDocumentContent } from "@/lib/finch";
import type { StepCursor } from "../cursor";
import { loadSuppressions } from "../suppressions";
import type { Step, StepEnd, StepWork } from "../work";
import { mirrorDetails, type DetailRow } from "./details";
import { detailsWanted, mirrorList, withNote } from "./listed";

/**
 * Mirrors tax forms: the list in one request, and the data of each in one more. A full run reads every form again,
 * the others only what is new or changed: a form that was handed in is not changed in place.
 */
export const documentsStep: Step = async (work) => {
  let complete = true;
  const listed = await mirrorList<FinchDocument>(work, {
    table: "documents",
    product: "documents",
    fetch: async () => {
      const outcome = await listDocuments(work.caller, work.token, work.scope);
      if (outcome.kind !== "ok") return outcome;
      const { documents, count } = outcome.data;
      complete = count === null || count <= documents.length;
      return { ...outcome, data: documents };
    },
    isComplete: () => complete,
    write: (tx, documents, fetchedAt) => writeDocuments(tx, work, documents, fetchedAt),
  });
  if (!("failure" in listed)) return withNote(await readEach(work, listed.cursor), listed.note);
  const { failure } = listed;
  // A state, not a failure: Finch fetches forms by a job of their own, person by person.
  if (failure.finchCode === "w4_sync_required") {
    const message = `Finch has not been asked to fetch tax forms from ${work.connection.providerName} yet.`;
    return { end: "skipped", outcome: "w4_sync_required", message };
  }
  return { end: "failed", failure };
};

async function writeDocuments(
  tx: Tx,
  { scope }: StepWork,
  given: readonly FinchDocument[],
  fetchedAt: Date,
): Promise<void> {
  const isErased = await loadSuppressions(tx, scope);
  const documents = given.filter(({ individualId }) => individualId === null || !isErased(individualId));
  const named = documents.flatMap(({ individualId }) => (individualId === null ? [] : [individualId]));
  const people = await resolvePeople(tx, scope, named, fetchedAt);
  const rows = documents.map(({ id, individualId, type, year }) => ({
    finchId: id,
    individualId: individualId === null ? null : (people.get(individualId) ?? null),
    type,
    year,
  }));
  await upsertDocuments(tx, scope, rows, fetchedAt);
  const raws = documents.map(({ id, raw }) => ({ finchId: id, raw }));
  await upsertRawRecords(tx, scope, "document", raws, fetchedAt);
}

function readEach(work: StepWork, cursor: StepCursor): Promise<StepEnd> {
  const { scope } = work;
  const wanted = detailsWanted(cursor, work.runScope === "full" ? "listed" : "unread");
  return mirrorDetails<FinchDocumentContent>(work, cursor, {
    product: "documents",
    part: "content",
    nouns: ["tax form", "tax forms"],
    next: (tx, afterId) => nextDetail(tx, scope, "documents", wanted, afterId),
    read: ({ finchId }) => getDocument(work.caller, work.token, { ...scope, documentId: finchId }),
    write: (tx, _held, row, { data }, fetchedAt) => writeContent(tx, work, row, data, fetchedAt),
    gone: (tx, { id }, fetchedAt) => markOneGone(tx, scope, "documents", id, fetchedAt),
    failed: (tx, { id }, error) => markDocumentError(tx, scope, id, error),
  });
}

/** Keeps what stands in a form, where it is of the person whom the list named. */
async function writeContent(
  tx: Tx,
  { scope }: StepWork,
  { id, finchId }: DetailRow,
  { individualId, content }: FinchDocumentContent,
  fetchedAt: Date,
): Promise<ItemErrorValues | void> {
  const isErased = await loadSuppressions(tx, scope);
  if (individualId !== null && isErased(individualId)) return;
  const person = await findDocumentPerson(tx, scope, id);
  if (individualId !== null && person !== null && individualId !== person) {
    const message = "Finch's list and the form itself name different people.";
    return { finchId, code: 200, name: "malformed", finchCode: null, message };
  }
  await updateDocumentContent(tx, scope, id, content, fetchedAt);
}
