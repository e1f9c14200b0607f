import type Finch from "@tryfinch/finch-api";
import { beforeAll, describe, expect, it } from "vitest";
import { bearerClient } from "@/sandbox/testing/harness";
import type { FinchToken } from "../caller";
import { listJobs } from "../connection/jobs";
import { useFinch } from "../testing";
import { getDocument, listDocuments } from "./calls";

const world = useFinch();
const { caller } = world;
const scope = { entityId: "" };
const products = ["directory", "documents"];
let token: FinchToken;
let sdk: Finch;
let people: string[];

const connect = () => world.token(products, { provider_id: "adp_run" });

beforeAll(async () => {
  token = await connect();
  sdk = bearerClient(world.sandbox().url, token.secret.reveal());
  people = (await sdk.hris.directory.list({ limit: 100 })).individuals.map(({ id = "" }) => id);
  for (const individual_id of people) {
    await sdk.jobs.automated.create({ type: "w4_form_employee_sync", params: { individual_id } });
  }
});

describe("documents", () => {
  it("before Finch fetched any have a code of their own", async () => {
    const fresh = await connect();
    const required = { kind: "unprocessable", status: 400, finchCode: "w4_sync_required" };
    expect(await listDocuments(caller, fresh, scope)).toMatchObject(required);
    expect(await getDocument(caller, fresh, { ...scope, documentId: crypto.randomUUID() })).toMatchObject(
      required,
    );
  });

  it("are all that there are, as the SDK reads them", async () => {
    const outcome = await listDocuments(caller, token, scope);
    if (outcome.kind !== "ok") throw new Error(outcome.kind);
    const { documents, paging } = await sdk.hris.documents.list();
    expect(outcome.data).toMatchObject({ count: paging.count, offset: 0 });
    expect(outcome.data.documents.map(({ raw }) => raw)).toEqual(documents);
    expect(
      outcome.data.documents.map(({ id, individualId, type, year }) => [id, individualId, type, year]),
    ).toEqual(documents.map((row) => [row.id, row.individual_id, row.type, row.year]));
    expect(documents.length).toBeGreaterThan(5);
  });

  it("have their forms' data as it came", async () => {
    const { documents } = await sdk.hris.documents.list();
    for (const { id, individual_id: individualId } of documents.slice(0, 10)) {
      const outcome = await getDocument(caller, token, { ...scope, documentId: id });
      if (outcome.kind !== "ok") throw new Error(outcome.kind);
      const read = await sdk.hris.documents.retreive(id);
      expect(outcome.data).toEqual({
        type: read.type,
        year: read.year,
        individualId,
        content: read.data,
        raw: read,
      });
    }
    expect(caller.records.at(-1)?.endpoint).toBe("GET /employer/documents/{document_id}");
  });

  it.each(["nulls", "unknown_enums", "unknown_keys"])(
    "can be read whatever a new version does: %s",
    async (kind) => {
      const [document] = (await sdk.hris.documents.list()).documents;
      await world.fault({ kind });
      expect((await listDocuments(caller, token, scope)).kind).toBe("ok");
      await world.fault({ kind });
      expect((await getDocument(caller, token, { ...scope, documentId: document?.id ?? "" })).kind).toBe(
        "ok",
      );
    },
  );
});

it("Finch jobs have all their times, and say whom they are about", async () => {
  const outcome = await listJobs(caller, token);
  if (outcome.kind !== "ok") throw new Error(outcome.kind);
  const { data } = await sdk.jobs.automated.list();
  expect(
    outcome.data.jobs.map((job) => ({
      job_id: job.id,
      type: job.type,
      status: job.status,
      created_at: job.createdAt,
      scheduled_at: job.scheduledAt,
      started_at: job.startedAt,
      completed_at: job.completedAt,
      params: job.params,
    })),
  ).toEqual(data.map(({ job_url: _url, ...job }) => job));
  expect(outcome.data.jobs.map(({ params }) => params)).toContainEqual({ individual_id: people[0] });
});
