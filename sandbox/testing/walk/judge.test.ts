import { describe, expect, it } from "vitest";
import { FinchSchema, findOpenApi, type Json } from "@/sandbox/testing/finch-schema";
import { Judge, type Heard } from "@/sandbox/testing/walk/judge";
import { spoiledBodies, spoiledQueries } from "@/sandbox/testing/walk/spoil";

const file = findOpenApi();

describe.skipIf(file === null)("the judge of the walk", () => {
  if (file === null) return it("cannot judge without the document", () => undefined);
  const schema = new FinchSchema(file);

  let answers = 0;
  const answer = (more: Partial<Heard> = {}): Heard => {
    answers += 1;
    const headers = new Headers({
      "content-type": "application/json",
      "finch-request-id": `00000000-0000-4000-8000-${String(answers).padStart(12, "0")}`,
      "finch-data-retrieved": "2026-11-22T10:00:00Z",
      "finch-last-attempted-update-date": "2026-11-22T10:00:00Z",
      "finch-last-attempted-update-result": "success",
    });
    const body: Json = { paging: { count: 0, offset: 0 }, individuals: [] };
    return { operation: "GET /employer/directory", note: "test", status: 200, headers, body, ...more };
  };
  const without = (name: string): Partial<Heard> => {
    const { headers } = answer();
    headers.delete(name);
    return { headers };
  };
  const judged = (more: Partial<Heard>) => {
    const judge = new Judge(schema);
    judge.hear(answer(more));
    return judge.problems.join("\n");
  };
  const house = { code: 404, name: "not_found_error", message: "No entity" };

  it("says nothing of an answer as the document has it", () => {
    expect(judged({})).toBe("");
  });

  it.each([
    ["a required key is missing", { body: { individuals: [] } }, "required property 'paging'"],
    ["a type is wrong", { body: { paging: { count: "0", offset: 0 }, individuals: [] } }, "must be integer"],
    ["a status is not declared", { status: 418, body: house }, "no exception says why"],
    ["an exception's shape is missed", { status: 404, body: { code: 404 } }, "required property 'message'"],
    ["the number is another one", { status: 404, body: { ...house, code: 400 } }, "code is 400"],
    ["the server failed", { status: 500, body: { ...house, code: 500 } }, "failure of the server"],
    ["there is a stack trace", { status: 404, body: { ...house, message: "x\n    at f" } }, "stack trace"],
    ["it has no request id", without("finch-request-id"), "Finch-Request-Id"],
    ["it does not say how fresh it is", without("finch-data-retrieved"), "Finch-Data-Retrieved"],
    ["it is not JSON", without("content-type"), "is not JSON"],
  ])("says it where %s", (_title, more, words) => {
    expect(judged(more)).toContain(words);
  });

  it("knows two answers with one request id", () => {
    const judge = new Judge(schema);
    const heard = answer();
    judge.hear(heard);
    judge.hear(heard);
    expect(judge.problems.join()).toContain("was seen before");
  });

  it("names statuses that were not reached and exceptions that were not needed", () => {
    const judge = new Judge(schema);
    judge.hear(answer());
    judge.hear(answer({ status: 404, body: house }));
    const directory = ["GET /employer/directory"];
    expect(judge.unreached(directory)).toEqual([
      "GET /employer/directory 202",
      "GET /employer/directory 422",
    ]);
    const unused = judge.unused(directory).filter((name) => name.startsWith("GET /employer/directory"));
    expect(unused.map((name) => name.split(" ")[2])).toEqual(["400:", "401:", "403:", "429:"]);
  });
});

describe.skipIf(file === null)("bad input made from the document", () => {
  if (file === null) return it("cannot be made without it", () => undefined);
  const schema = new FinchSchema(file);

  it("is every way to break a body, and breaks it", () => {
    const operation = "POST /employer/pay-statement";
    const good = { requests: [{ payment_id: "11111111-1111-4111-8111-111111111111", limit: 3 }] };
    const bad = spoiledBodies(schema, operation, good);
    const notes = bad.map(({ note }) => note);
    expect(notes).toEqual(
      expect.arrayContaining([
        "body of type string",
        "body.requests missing",
        "body.requests too many",
        "body.requests empty",
        "body.requests.0.payment_id missing",
        "body.requests.0.limit of type string",
        "body.requests.0.limit maximum 1",
      ]),
    );
    expect(schema.requestProblems(operation, good)).toEqual([]);
    for (const { refusal, body } of bad.filter((row) => row.refusal === "must")) {
      expect([refusal, schema.requestProblems(operation, body)]).not.toEqual(["must", []]);
    }
  });

  it("is every way to break a query", () => {
    const notes = spoiledQueries(schema, "GET /employer/payment").map(({ note }) => note);
    expect(notes).toEqual(
      expect.arrayContaining(["start_date missing", "start_date no date", "end_date missing"]),
    );
  });
});
