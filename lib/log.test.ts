import { Writable } from "node:stream";
import { pino } from "pino";
import { describe, expect, it } from "vitest";
import { createLog } from "./log";

const canary = "078-05-1120";

function capture() {
  let text = "";
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString();
      done();
    },
  });
  return { log: createLog(pino({ level: "debug" }, stream)), text: () => text };
}

describe("log", () => {
  it("writes name, code and places of an error, never its message, parameters or causes' messages", () => {
    const { log, text } = capture();
    const cause = Object.assign(new Error(`duplicate key value (${canary})`), {
      code: "23505",
      detail: canary,
      parameters: [canary],
    });
    cause.name = "PostgresError";
    log.error("a write failed", new Error(`Failed query: insert … params: ${canary}`, { cause }), {
      reference: "r1",
    });
    expect(text()).toContain('"code":"23505"');
    expect(text()).toContain('"name":"PostgresError"');
    expect(text()).toContain("log.test.ts");
    expect(text()).toContain('"reference":"r1"');
    expect(text()).not.toContain(canary);
  });

  it("drops fields that are not on the list", () => {
    const { log, text } = capture();
    const fields: Record<string, string> = { customerId: "c1", email: canary, token: canary };
    log.info("something", fields);
    expect(text()).toContain('"customerId":"c1"');
    expect(text()).not.toContain(canary);
  });

  it("drops a code or name that is more than an identifier", () => {
    const { log, text } = capture();
    const error = Object.assign(new Error("x"), { code: `E: ${canary} is taken` });
    error.name = `Bad ${canary}`;
    log.error("failed", error);
    expect(text()).not.toContain(canary);
  });
});
