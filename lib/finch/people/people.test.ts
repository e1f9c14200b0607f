import type Finch from "@tryfinch/finch-api";
import { beforeAll, describe, expect, it } from "vitest";
import { createConnectedCompany } from "@/sandbox/testing/connections";
import { bearerClient } from "@/sandbox/testing/harness";
import type { FinchToken } from "../caller";
import type { Outcome } from "../outcome";
import { tokenOf, useFinch } from "../testing";
import type { ChunkHandler } from "../types";
import { getCompany } from "./calls";
import { streamDirectory, streamEmployments, streamIndividuals } from "./stream";

const world = useFinch();
const { caller } = world;
const scope = { entityId: "" };
const products = ["company", "directory", "individual", "ssn", "employment"];
let token: FinchToken;
let sdk: Finch;
let ids: string[];

beforeAll(async () => {
  token = await world.token(products, { employee_size: 40 });
  sdk = bearerClient(world.sandbox().url, token.secret.reveal());
  ids = (await sdk.hris.directory.list({ limit: 100 })).individuals.map(({ id = "" }) => id);
});

/** All that a streaming call hands over, and how it ended. */
async function all<T, End>(call: (onItems: ChunkHandler<T>) => Promise<Outcome<End>>) {
  const items: T[] = [];
  const outcome = await call(async (chunk) => void items.push(...chunk));
  return { items, outcome };
}
const readDirectory = (page: { offset: number; limit?: number } = { offset: 0 }) =>
  all((onEntries: Parameters<typeof streamDirectory>[3]) =>
    streamDirectory(caller, token, { ...scope, ...page }, onEntries),
  );
const readIndividuals = (individualIds = ids, includeSsn = true) =>
  all((onItems: Parameters<typeof streamIndividuals>[3]) =>
    streamIndividuals(caller, token, { ...scope, individualIds, includeSsn }, onItems),
  );
const readEmployments = (individualIds = ids) =>
  all((onItems: Parameters<typeof streamEmployments>[3]) =>
    streamEmployments(caller, token, { ...scope, individualIds }, onItems),
  );

describe("the directory", () => {
  it("is what the SDK reads, active or not", async () => {
    const { items, outcome } = await readDirectory();
    expect(outcome).toMatchObject({ kind: "ok", data: { count: 40, offset: 0, items: 40, unreadable: 0 } });
    const { individuals } = await sdk.hris.directory.list({ limit: 100 });
    expect(
      items.map((entry) => ({
        id: entry.id,
        first_name: entry.firstName,
        middle_name: entry.middleName,
        last_name: entry.lastName,
        manager: entry.managerId === null ? null : { id: entry.managerId },
        department: entry.department === null ? null : { name: entry.department },
        is_active: entry.isActive,
      })),
    ).toEqual(individuals);
    expect(items.map(({ raw }) => raw)).toEqual(individuals);
  });

  it("comes page by page", async () => {
    const pages = [
      await readDirectory({ offset: 0, limit: 25 }),
      await readDirectory({ offset: 25, limit: 25 }),
    ];
    expect(pages.map(({ items }) => items.length)).toEqual([25, 15]);
    expect(pages.flatMap(({ items }) => items.map(({ id }) => id))).toEqual(ids);
    expect(pages[1]?.outcome).toMatchObject({ data: { count: 40, offset: 25 } });
  });
});

describe("personal data", () => {
  it("is what the SDK reads, numbers of people cut out of it", async () => {
    const { items } = await readIndividuals();
    const { responses } = await sdk.hris.individuals.retrieveMany({
      requests: ids.map((individual_id) => ({ individual_id })),
      options: { include: ["ssn"] },
    });
    expect(items.map(({ individualId }) => individualId)).toEqual(ids);
    for (const [index, item] of items.entries()) {
      const body = { ...responses[index]?.body } as Record<string, unknown>;
      if (item.kind !== "ok") throw new Error(item.error.name ?? "");
      const { data } = item;
      expect(data.ssn?.reveal() ?? null).toBe(body["ssn"]);
      expect(data).toMatchObject({
        id: ids[index],
        firstName: body["first_name"],
        preferredName: body["preferred_name"],
        dob: body["dob"],
        maritalStatus: body["marital_status"],
        emails: body["emails"],
        phoneNumbers: body["phone_numbers"],
      });
      expect(data.raw).toEqual({
        ...body,
        ssn: body["ssn"] === null ? null : "[sealed]",
        ...(body["encrypted_ssn"] ? { encrypted_ssn: "[sealed]" } : {}),
      });
    }
  });

  it("has no numbers of people unless they are asked for", async () => {
    const { items } = await readIndividuals(ids.slice(0, 3), false);
    expect(items.every((item) => item.kind === "ok" && item.data.ssn === null)).toBe(true);
  });

  it("of somebody unknown is that item's error", async () => {
    const stranger = crypto.randomUUID();
    const { items } = await readIndividuals([stranger, ids[0] ?? ""]);
    expect(items).toMatchObject([
      { individualId: stranger, kind: "error", error: { code: 404, finchCode: "individual_not_found" } },
      { individualId: ids[0], kind: "ok" },
    ]);
  });
});

describe("employment", () => {
  it("is what the SDK reads, income in cents", async () => {
    const { items } = await readEmployments();
    const { responses } = await sdk.hris.employments.retrieveMany({
      requests: ids.map((individual_id) => ({ individual_id })),
    });
    for (const [index, item] of items.entries()) {
      const body = { ...responses[index]?.body } as Finch.HRIS.EmploymentData.EmploymentDataResponseBody;
      if (item.kind !== "ok") throw new Error(item.error.name ?? "");
      const { data } = item;
      expect(data).toMatchObject({
        title: body.title,
        managerId: body.manager?.id ?? null,
        employmentType: body.employment?.type ?? null,
        employmentStatus: body.employment_status,
        startDate: body.start_date,
        endDate: body.end_date,
        isActive: body.is_active,
      });
      expect(data.income && Number(data.income.amountCents)).toBe(body.income?.amount ?? null);
      expect(data.incomeHistory?.length).toBe(body.income_history?.filter((row) => row !== null).length);
    }
  });
});

describe("an answer about people", () => {
  it.each(["nulls", "unknown_enums", "unknown_keys"])(
    "can be read whatever a new version does: %s",
    async (kind) => {
      for (const read of [readDirectory, readIndividuals, readEmployments]) {
        await world.fault({ kind });
        const { items, outcome } = await read();
        expect([outcome.kind, items.length]).toEqual(["ok", 40]);
        expect(items.filter((item) => "kind" in item && item.kind !== "ok")).toEqual([]);
      }
      await world.fault({ kind });
      expect((await getCompany(caller, token, scope)).kind).toBe("ok");
    },
  );

  it.each([
    ["truncated", "timeout"],
    ["malformed", "malformed"],
    ["reset", "finch_error"],
  ])("ends as it should when it is %s", async (kind, outcome) => {
    for (const read of [readDirectory, readIndividuals, readEmployments]) {
      await world.fault({ kind });
      expect((await read()).outcome.kind).toBe(outcome);
    }
    await world.fault({ kind });
    expect((await getCompany(caller, token, scope)).kind).toBe(outcome);
  });

  it("is about one entity where one is named", async () => {
    const entities = [
      { name: "Acme East", people: 3 },
      { name: "Acme West", people: 5 },
    ];
    const made = createConnectedCompany(world.sandbox(), { products, entities });
    const seen: string[][] = [];
    for (const entityId of made.entityIds) {
      const { items } = await all((onEntries: Parameters<typeof streamDirectory>[3]) =>
        streamDirectory(caller, tokenOf(made.token), { entityId, offset: 0 }, onEntries),
      );
      const { individuals } = await made.client.hris.directory.list({ entity_ids: [entityId], limit: 100 });
      seen.push(items.map(({ id }) => id));
      expect(seen.at(-1)).toEqual(individuals.map(({ id }) => id));
    }
    expect(seen[0]).not.toEqual(seen[1]);
  });
});

it("bank numbers of the company are secrets", async () => {
  const outcome = await getCompany(caller, token, scope);
  if (outcome.kind !== "ok") throw new Error(outcome.kind);
  const { accounts } = await sdk.hris.company.retrieve();
  expect(outcome.data.accounts?.map(({ accountNumber }) => accountNumber?.reveal() ?? null)).toEqual(
    accounts?.map(({ account_number: number }) => number),
  );
  expect(accounts?.length).toBeGreaterThan(0);
  expect(JSON.stringify(outcome.data)).not.toContain(accounts?.[0]?.account_number);
});
