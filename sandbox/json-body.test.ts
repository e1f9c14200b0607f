import { describe, expect, it } from "vitest";
import { parseJsonBody } from "@/sandbox/json-body";
import { connectDeductions } from "@/sandbox/testing/deductions";
import { control, createTestConnection, startTestSandbox } from "@/sandbox/testing/harness";

const sandbox = await startTestSandbox();
const { token } = await createTestConnection(sandbox, {
  provider_id: "gusto",
  authentication_type: "oauth",
});
const deductions = await connectDeductions(sandbox);

const lists = (depth: number) => `${"[".repeat(depth)}0${"]".repeat(depth)}`;
const objects = (depth: number) => `${'{"a":'.repeat(depth)}0${"}".repeat(depth)}`;

/** What a body as text is answered with. */
async function send(operation: string, body: string, bearer = token) {
  const [method = "", path = ""] = operation.split(" ");
  const headers = { Authorization: `Bearer ${bearer}`, "Content-Type": "application/json" };
  const response = await fetch(sandbox.url + path, { method, headers, body });
  const { finch_code: code } = (await response.json()) as { finch_code?: string };
  return [response.status, code ?? null];
}

/** The operations that take JSON of any shape, with where it lies in their bodies. */
const free: [operation: string, around: (json: string) => string][] = [
  [
    "POST /sandbox/directory",
    (json) => `[{"first_name":"A","custom_fields":[{"name":"a","value":${json}}]}]`,
  ],
  [
    "POST /employer/pay-statement-item/rule",
    (json) => `{"conditions":[{"field":"name","value":"x"}],"attributes":{"metadata":{"a":${json}}}}`,
  ],
  ["POST /forward", (json) => `{"method":"GET","route":"/echo","params":{"a":${json}}}`],
  ["POST /forward", (json) => `{"method":"GET","route":"/echo","request_headers":{"a":${json}}}`],
];

describe("a JSON body", () => {
  it.each([lists, objects])("may lie 100 levels deep, not 101", (nested) => {
    expect(parseJsonBody(nested(100))).toBeTruthy();
    expect(() => parseJsonBody(nested(101))).toThrow("nested deeper than 100 levels");
    expect(() => parseJsonBody(nested(100_000))).toThrow("nested deeper than 100 levels");
  });

  it("may be as wide as it likes, or no tree at all", () => {
    expect(parseJsonBody(`[${"[],{},".repeat(100_000)}0]`)).toHaveLength(200_001);
    expect(["null", "0", '"[["'].map((text) => parseJsonBody(text))).toEqual([null, 0, "[["]);
  });

  describe.each(free)("of %s that may be anything", (operation, around) => {
    it.each([lists, objects])("is taken where it is deep, refused where it is endless", async (nested) => {
      expect((await send(operation, around(nested(50))))[0]).toBeLessThan(300);
      for (const depth of [4_000, 8_000, 100_000]) {
        expect(await send(operation, around(nested(depth)))).toEqual([400, "invalid_request"]);
      }
    });
  });

  it("of an update of a person or a rule is refused there too", async () => {
    const ids = [
      "PUT /sandbox/individual/x",
      "PUT /sandbox/employment/x",
      "PUT /employer/pay-statement-item/rule/x",
    ];
    for (const id of ids) expect(await send(id, objects(4_000))).toEqual([400, "invalid_request"]);
  });

  it("of enrolling is refused in the words of enrolling", async () => {
    const operation = `POST /employer/benefits/${deductions.id}/individuals`;
    expect(await send(operation, lists(4_000), deductions.token)).toEqual([400, "malformed_request"]);
  });

  it("of a control route is refused as well", async () => {
    const body: unknown = JSON.parse(objects(500));
    await expect(control(sandbox.url, "POST", "/companies", body)).rejects.toThrow("nested deeper");
  });
});
