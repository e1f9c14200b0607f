import { describe, expect, it } from "vitest";
import type { Change } from "@/sandbox/changes";
import { FinchSchema, findOpenApi } from "@/sandbox/testing/finch-schema";
import { createTestConnection, startTestSandbox } from "@/sandbox/testing/harness";
import { toEvent } from "@/sandbox/webhooks/events";

const file = findOpenApi();
const sandbox = await startTestSandbox();
const { world } = sandbox.sandbox;
const { created, client } = await createTestConnection(sandbox);
await client.hris.company.retrieve();

const id = "7d7a4dd6-6f0d-4c1d-8f64-9c1f3b1a2c3d";
const other = "0b0d6a3e-55f1-4bd0-8a4f-0d3a3fb3f3a1";
const verbs = ["created", "updated", "deleted"] as const;
const benefitJobs = ["create", "register", "update", "enroll", "unenroll"] as const;

/** Each event type that Finch has, with the component of its document. */
const every: [component: string, change: Change][] = [
  ["AccountUpdateEvent", { event: "account.updated", accountId: created.account_id }],
  ["CompanyEvent", { event: "company.updated" }],
  ...verbs.map((verb): [string, Change] => [
    "DirectoryEvent",
    { event: `directory.${verb}`, individualId: id },
  ]),
  ...verbs.map((verb): [string, Change] => [
    "IndividualEvent",
    { event: `individual.${verb}`, individualId: id },
  ]),
  ...verbs.map((verb): [string, Change] => [
    "EmploymentEvent",
    { event: `employment.${verb}`, individualId: id },
  ]),
  ...verbs.map((verb): [string, Change] => [
    "PaymentEvent",
    { event: `payment.${verb}`, paymentId: id, payDate: "2023-10-23" },
  ]),
  ...verbs.map((verb): [string, Change] => [
    "PayStatementEvent",
    { event: `pay_statement.${verb}`, paymentId: id, individualId: other },
  ]),
  ["JobCompletionEvent", { event: "job.data_sync_all.completed", jobId: id }],
  ["JobCompletionEvent", { event: "job.w4_form_employee_sync.completed", jobId: id }],
  ["JobCompletionEvent", { event: "job.initial_data_sync_org.succeeded", jobId: id }],
  ["JobCompletionEvent", { event: "job.initial_data_sync_payroll.succeeded", jobId: id }],
  ...benefitJobs.map((task): [string, Change] => [
    "JobCompletionEvent",
    { event: `job.benefit_${task}.completed`, jobId: id },
  ]),
];

function bodyOf(change: Change, shape: "document" | "guide"): Record<string, unknown> {
  const happened = { connectionId: created.connection_id, entityId: created.entity_id, at: 0, change };
  const event = toEvent(world, happened);
  if (!event) throw new Error(`${change.event} is not told`);
  return JSON.parse(event.body(shape)) as Record<string, unknown>;
}

describe("an event's body", () => {
  it
    .skipIf(file === null)
    .each(every.map(([component, change]) => [change.event, component, change] as const))(
    "of %s is what Finch's document calls %s",
    (_event, component, change) => {
      expect(new FinchSchema(file ?? "").componentProblems(component, bodyOf(change, "document"))).toEqual(
        [],
      );
    },
  );

  it.each(every.map(([, change]) => [change.event, change] as const))(
    "of %s names its connection, company, account and entity",
    (event, change) => {
      expect(bodyOf(change, "guide")).toMatchObject({
        company_id: created.company_id,
        account_id: created.account_id,
        connection_id: created.connection_id,
        entity_id: created.entity_id,
        event_type: event,
      });
    },
  );

  it.each([
    [
      { event: "account.updated", accountId: created.account_id },
      { authentication_method: { type: "credential" } },
      { authentication_method: "credential" },
    ],
    [
      { event: "payment.created", paymentId: id, payDate: "2023-10-23" },
      { pay_date: "2023-10-23" },
      { pay_date: "10-23-2023" },
    ],
    [
      { event: "job.data_sync_all.completed", jobId: id },
      { job_url: `${sandbox.url}/jobs/automated/${id}` },
      { job_url: `${sandbox.url}/jobs/${id}` },
    ],
    [
      { event: "job.benefit_enroll.completed", jobId: id },
      { job_url: `${sandbox.url}/jobs/manual/${id}` },
      { job_url: `${sandbox.url}/jobs/${id}` },
    ],
  ] satisfies [Change, object, object][])("%j is written in two ways", (change, document, guide) => {
    expect(bodyOf(change, "document")["data"]).toMatchObject(document);
    expect(bodyOf(change, "guide")["data"]).toMatchObject(guide);
  });

  it("of a company has an object or null for its data", () => {
    expect(bodyOf({ event: "company.updated" }, "document")["data"]).toEqual({});
    expect(bodyOf({ event: "company.updated" }, "guide")["data"]).toBeNull();
  });

  it("of a login says disconnected once its connection is", async () => {
    const { created: ended, client: last } = await createTestConnection(sandbox);
    await last.account.disconnect();
    const change = { event: "account.updated", accountId: ended.account_id } as const;
    const event = toEvent(world, { connectionId: ended.connection_id, entityId: null, at: 0, change });
    expect(JSON.parse(event?.body("guide") ?? "")).toMatchObject({ data: { status: "disconnected" } });
  });
});
