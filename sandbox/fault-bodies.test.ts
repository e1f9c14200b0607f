import { describe, expect, it } from "vitest";
import { withNulls, withUnknownEnums, withUnknownKeys } from "@/sandbox/fault-bodies";
import { FinchSchema, findOpenApi } from "@/sandbox/testing/finch-schema";
import { control, createTestConnection, startTestSandbox } from "@/sandbox/testing/harness";

const file = findOpenApi();
const sandbox = await startTestSandbox({ initialSyncMs: 0 });

const bodies = {
  "GET /employer/company": () => undefined,
  "GET /employer/directory": () => undefined,
  "POST /employer/individual": (ids: string[]) => ({
    requests: ids.map((individual_id) => ({ individual_id })),
  }),
  "POST /employer/employment": (ids: string[]) => ({
    requests: ids.map((individual_id) => ({ individual_id })),
  }),
  "GET /introspect": () => undefined,
  "GET /providers": () => undefined,
  "GET /jobs/automated": () => undefined,
};

const allKeys = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(allKeys);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, field]) => [key, ...allKeys(field)]);
};

async function ask(kind: string, operation: keyof typeof bodies) {
  const { client, token } = await createTestConnection(sandbox);
  const ids = (await client.hris.directory.list()).individuals.map((row) => row.id);
  const [method = "", path = ""] = operation.split(" ");
  await control(sandbox.url, "POST", "/faults", { kind, operation, token });
  const body = bodies[operation](ids);
  const response = await fetch(sandbox.url + path, {
    method,
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: response.status, body: (await response.json()) as unknown, method, path };
}

describe("nulls everywhere", () => {
  it.skipIf(file === null).each(Object.keys(bodies) as (keyof typeof bodies)[])(
    "in %s are what Finch's document allows",
    async (operation) => {
      const { status, body, method, path } = await ask("nulls", operation);
      expect(status).toBe(200);
      expect(new FinchSchema(file ?? "").problems(method, path, 200, body)).toEqual([]);
      expect(JSON.stringify(body)).toContain("null");
    },
  );

  it("leave ids and nothing else of a person", () => {
    const person = { id: "1", first_name: "Ada", manager: { id: "2" }, is_active: true };
    const page = { paging: { count: 1, offset: 0 }, individuals: [person] };
    expect(withNulls("GET /employer/directory", page)).toEqual({
      paging: { count: 1, offset: 0 },
      individuals: [{ id: "1", first_name: null, manager: null, is_active: null }],
    });
  });
});

describe("unknown values and fields", () => {
  it("stand in enums, not beside them", () => {
    const body = {
      type: "employee",
      name: "type",
      items: [{ status: "active", count: 3 }],
      status: { a: 1 },
    };
    expect(withUnknownEnums(body)).toEqual({
      type: "not_known_yet",
      name: "type",
      items: [{ status: "not_known_yet", count: 3 }],
      status: { a: 1 },
    });
  });

  it("come on top of every object", () => {
    expect(withUnknownKeys([{ a: { b: 1 } }])).toEqual([
      {
        a: { b: 1, not_known_yet: { of: expect.anything() } },
        not_known_yet: { of: expect.anything() },
      },
    ]);
  });

  it("reach the client as JSON of the same form", async () => {
    const enums = await ask("unknown_enums", "POST /employer/employment");
    expect(enums.body).toMatchObject({
      responses: expect.arrayContaining([
        expect.objectContaining({
          code: 200,
          body: expect.objectContaining({ employment_status: "not_known_yet" }),
        }),
      ]),
    });
    const keys = await ask("unknown_keys", "GET /employer/company");
    expect(allKeys(keys.body)).toContain("not_known_yet");
  });
});
