import { describe, expect, it } from "vitest";
import { createSandbox, type Sandbox } from "@/sandbox/app";
import { operations } from "@/sandbox/operations";
import type { SandboxOptions } from "@/sandbox/options";
import { handlers } from "@/sandbox/routes";
import { FinchSchema, findOpenApi } from "@/sandbox/testing/finch-schema";
import { createCompany, type Company } from "@/sandbox/testing/walk/companies";
import { Judge } from "@/sandbox/testing/walk/judge";
import { kinds, type Kind } from "@/sandbox/testing/walk/kinds";
import { officeStops, plantCode, walkOfficeStrangers } from "@/sandbox/testing/walk/office";
import { nobody } from "@/sandbox/testing/walk/stop";
import { lastStops, stops as allStops } from "@/sandbox/testing/walk/stops";
import { walkBad, walkGood } from "@/sandbox/testing/walk/walk-inputs";
import { walkNulls, walkOrdered } from "@/sandbox/testing/walk/walk-faults";
import { walkAddress, walkRates, walkRefreshes } from "@/sandbox/testing/walk/walk-quotas";
import { walkEntities, walkScopes, walkStrangers } from "@/sandbox/testing/walk/walk-rights";
import { setStatus, walkBeforeSync, walkEnd, walkStatuses } from "@/sandbox/testing/walk/walk-states";

const file = findOpenApi();
if (file === null) console.warn("Skipped: Finch's openapi.json is not here; name it in FINCH_OPENAPI.");

const built = operations.map(({ id }) => id).filter((id) => handlers[id] !== undefined);
const stops = allStops.filter(({ operation }) => built.includes(operation));

const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** The last quarter by the sandbox's clock. */
function datesOf({ world }: Sandbox) {
  const now = world.clock.now();
  return { from: day(now - 90 * 86_400_000), to: day(now) };
}

describe.skipIf(file === null)("every answer is what Finch's OpenAPI document says", () => {
  // What is skipped is still read.
  if (file === null) return it("cannot be told without the document", () => undefined);
  const schema = new FinchSchema(file);
  const judge = new Judge(schema);
  const problems = () => judge.problems.splice(0);
  const open = (options: SandboxOptions = {}): Sandbox => {
    const plenty = { automated: 1_000, sandbox: 1_000 };
    const sandbox = createSandbox({ jobDelayMs: 0, refreshQuota: plenty, ...options });
    sandbox.world.clock.adjust({ frozen: true });
    return sandbox;
  };

  describe.each(kinds)("for a connection that is $name", (kind: Kind) => {
    const visit: { sandbox: Sandbox | null; company: Company | null } = { sandbox: null, company: null };
    const visited = () => {
      if (!visit.sandbox || !visit.company) throw new Error("The first test makes the connection");
      return { sandbox: visit.sandbox, company: visit.company };
    };

    it("with good input", async () => {
      const sandbox = open();
      const company = await createCompany(sandbox, judge, kind);
      Object.assign(company.facts, datesOf(sandbox));
      Object.assign(visit, { sandbox, company });
      await setStatus(company, "connected");
      await walkGood(schema, company, stops);
      await walkNulls(sandbox, company, stops);
      await walkOrdered(sandbox, company);
      expect(problems()).toEqual([]);
    });

    it("with bad input", async () => {
      await walkBad(schema, visited().company, [...stops, ...lastStops]);
      expect(problems()).toEqual([]);
    });

    it("without the right to ask", async () => {
      const { sandbox, company } = visited();
      await walkStrangers(company, [...stops, ...lastStops]);
      await walkScopes(company, await createCompany(sandbox, judge, kind, []), stops);
      await walkEntities(company, stops);
      expect(problems()).toEqual([]);
    });

    it("in every status, before the first sync and after the end", async () => {
      const { sandbox, company } = visited();
      await walkStatuses(company, stops);
      await walkEnd(company, [...stops, ...lastStops]);
      sandbox.close();
      if (kind.authentication_type === "assisted") return;
      const slow = open({ initialSyncMs: 3_600_000 });
      const early = await createCompany(slow, judge, kind);
      await walkBeforeSync({ ...early, facts: { ...company.facts, ...early.facts } }, stops);
      slow.close();
      expect(problems()).toEqual([]);
    });
  });

  it("with every quota spent", async () => {
    const sandbox = open({ rateLimits: "sandbox", jobDelayMs: 1_000, initialSyncMs: 0, refreshQuota: {} });
    const company = await createCompany(sandbox, judge, { ...kinds[0]!, name: "quotas" });
    Object.assign(company.facts, {
      individual: nobody,
      colleague: nobody,
      payment: nobody,
      ...datesOf(sandbox),
    });
    await walkRefreshes(sandbox, company);
    const all = [...stops, ...lastStops, ...officeStops];
    await walkRates(company, stops);
    await walkAddress(
      sandbox,
      company,
      all.filter(({ operation }) => built.includes(operation)),
    );
    sandbox.close();
    expect(problems()).toEqual([]);
  });

  it("for applications: sessions, codes, providers, sandbox connections", async () => {
    const sandbox = open();
    const company = await createCompany(sandbox, judge, { ...kinds[0]!, name: "application" });
    const id = company.facts["connection"] ?? "";
    const row = sandbox.world.store.connections.get(id);
    if (row) sandbox.world.store.connections.set(id, { ...row, customerId: "known" });
    Object.assign(company.facts, { customer: "known", code: plantCode(sandbox, id) });
    const office = { ...company, walker: company.office };
    await walkGood(schema, office, officeStops);
    await walkBad(schema, office, officeStops);
    await walkOfficeStrangers(company);
    sandbox.close();
    expect(problems()).toEqual([]);
  });

  it("and each operation was seen with each of its statuses, each exception needed", () => {
    expect(judge.unreached(built)).toEqual([]);
    expect(judge.unused(built)).toEqual([]);
  });

  it("for the operations of the document and no others", () => {
    expect(operations.map(({ id }) => id).sort()).toEqual(schema.operations().sort());
    expect(operations).toHaveLength(55);
    expect(Object.keys(handlers).filter((id) => !operations.some((row) => row.id === id))).toEqual([]);
  });
});
