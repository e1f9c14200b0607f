import type Finch from "@tryfinch/finch-api";
import { z } from "zod";
import { checkData } from "@/sandbox/auth";
import { bearer, ok, type BearerCall, type World } from "@/sandbox/call";
import type { W4Form, W4Sync } from "@/sandbox/documents/records";
import { FinchError, invalidRequest } from "@/sandbox/errors";
import type { Result, Routes } from "@/sandbox/results";
import { parseInput, readCount, readList } from "@/sandbox/validate";

const Types = z.array(z.enum(["w4_2020", "w4_2005"]));

const docsUrl =
  "https://developer.tryfinch.com/api-reference/management/enqueue-a-new-automated-job#w4-form-employee-sync";

const syncRequired = () =>
  new FinchError(
    400,
    "bad_request",
    "There are no W-4 documents yet: run a w4_form_employee_sync job first",
    "w4_sync_required",
    { context: { docs_url: docsUrl } },
  );

const badParameter = (message: string) => invalidRequest(message, { context: {} });

function syncsOf({ world, caller }: BearerCall): W4Sync[] {
  const rows = world.store.w4Syncs.group(caller.connection.id);
  return rows.filter((row) => row.entityId === caller.entity.id);
}

function toItem(world: World, individualId: string, form: W4Form): Finch.HRIS.DocumentResponse {
  const url = new URL(`/employer/documents/${form.id}`, world.settings.publicUrl).href;
  return { id: form.id, individual_id: individualId, type: form.type, url, year: form.year };
}

/**
 * The W-4 forms of the people whose `w4_form_employee_sync` has run (Finch: List Documents), all of them unless
 * `limit` says otherwise. Errors: 400 w4_sync_required until it ran for one of those asked for, 400 invalid_request.
 */
const list = bearer<Result<"GET /employer/documents">>((call) => {
  const { world, caller, query } = call;
  const offset = readCount(query, "offset", 0);
  const limit = readCount(query, "limit", Number.MAX_SAFE_INTEGER);
  const types = parseInput(Types, readList(query, "types"), badParameter);
  const people = new Set(readList(query, "individual_ids"));
  const pending = checkData(caller, "documents");
  if (pending) return { status: 202, body: pending };
  const syncs = syncsOf(call).filter((row) => people.size === 0 || people.has(row.individualId));
  if (syncs.length === 0) throw syncRequired();
  const forms = syncs.flatMap(({ individualId, forms: all }) =>
    all
      .filter((form) => types.length === 0 || types.includes(form.type))
      .map((form) => toItem(world, individualId, form)),
  );
  return ok({ paging: { count: forms.length, offset }, documents: forms.slice(offset, offset + limit) });
});

/** One W-4 with its figures in cents (Finch: Get Document). 400 w4_sync_required where no job has found it. */
const read = bearer<Result<"GET /employer/documents/{document_id}">>((call) => {
  const pending = checkData(call.caller, "documents");
  if (pending) return { status: 202, body: pending };
  const id = (call.params["document_id"] ?? "").toLowerCase();
  for (const { individualId, forms } of syncsOf(call)) {
    const form = forms.find((candidate) => candidate.id === id);
    if (form) return ok(toDocument(individualId, form));
  }
  throw syncRequired();
});

function toDocument(individualId: string, form: W4Form): Finch.HRIS.DocumentRetreiveResponse {
  const { year } = form;
  if (form.type === "w4_2020")
    return { type: form.type, year, data: { individual_id: individualId, ...form.data } };
  return { type: form.type, year, data: { individual_id: individualId, ...form.data } };
}

export const documents = {
  "GET /employer/documents": list,
  "GET /employer/documents/{document_id}": read,
} satisfies Routes;
