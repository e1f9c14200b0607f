import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { KeptStatements, TestCaller, tokenOf, useLocalFinch, write } from "../testing";
import { streamPayStatements } from "./statements";

const finch = useLocalFinch();

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** What is alive, in bytes. */
function alive(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const money = (amount: number) => ({ amount, currency: "usd" });
const line = (name: string, amount: number) => ({ type: "other", name, amount, currency: "usd" });
const slip = (index: number) =>
  JSON.stringify({
    individual_id: `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`,
    type: "regular_payroll",
    payment_method: "direct_deposit",
    total_hours: 79.9833,
    gross_pay: money(500_000 + index),
    net_pay: money(400_000),
    earnings: [line("Salary", index), line("Bonus", 1)],
    taxes: ["Federal Income Tax", "Social Security", "Medicare", "State Tax"].map((name) =>
      line(name, index),
    ),
    employee_deductions: ["401(k)", "Dental", "Vision", "Medical"].map((name) => line(name, index)),
    employer_contributions: [line("401(k) match", index)],
  });

/** Reads pages of 5,000 statements of a server that makes them as they are taken. */
async function readPages(count: number) {
  finch.answer = async (response) => {
    response.write('{"responses":[');
    for (let page = 0; page < count; page += 1) {
      const head = `${page ? "," : ""}{"payment_id":"p${page}","code":200,"body":{"paging":{"count":5000,"offset":0}`;
      await write(response, `${head},"pay_statements":[`);
      for (let index = 0; index < 5_000; index += 100) {
        const slips = Array.from({ length: 100 }, (_, place) => slip(index + place)).join(",");
        if (!(await write(response, `${index ? "," : ""}${slips}`))) return;
      }
      await write(response, "]}}");
    }
    response.end("]}");
  };
  const before = alive();
  let peak = 0;
  let read = 0;
  const sink = new KeptStatements();
  sink.onStatements = async (_page, statements) => {
    read += statements.length;
    peak = Math.max(peak, alive() - before);
  };
  const caller = new TestCaller();
  const pages = Array.from({ length: count }, (_, index) => ({ paymentId: `p${index}`, offset: 0 }));
  const outcome = await streamPayStatements(caller, tokenOf("t"), { entityId: "", pages }, sink);
  return { kind: outcome.kind, read, peak, bytes: caller.records[0]?.bytes ?? 0 };
}

describe("the memory that an answer takes", () => {
  it("is a small part of it, and does not grow with it", async () => {
    const small = await readPages(1);
    const large = await readPages(5);
    expect([small.kind, small.read, large.kind, large.read]).toEqual(["ok", 5_000, "ok", 25_000]);
    expect(large.bytes / small.bytes).toBeGreaterThan(4.9);
    // JSON.parse alone takes several times the text.
    expect(large.peak / large.bytes).toBeLessThan(0.5);
    expect(large.peak / small.peak).toBeLessThan(1.5);
  }, 240_000);
});
