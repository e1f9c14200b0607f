import type Finch from "@tryfinch/finch-api";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import {
  findProvider,
  providers,
  supportsProduct,
  withoutUnsupported,
  type Provider,
} from "@/sandbox/providers";
import { findOpenApi } from "@/sandbox/testing/finch-schema";
import { createTestConnection, failureOf, startTestSandbox } from "@/sandbox/testing/harness";

const sandbox = await startTestSandbox();
const wire = (await (await fetch(`${sandbox.url}/providers`)).json()) as Finch.Provider[];
const beside = path.join(path.dirname(findOpenApi() ?? ""), "docs/integrations--providers.md");

const supports: Record<string, string | null> = {
  "<Automated />": "automated",
  "<Assisted />": "assisted",
  "--": null,
};

/** The rows of Finch's page: id, name, beta, and how each product is supported. */
function rowsOfPage() {
  const [general = "", beta = ""] = readFileSync(beside, "utf8").split("### Beta Integrations");
  return [general, beta].flatMap((part, isBeta) =>
    part.split("\n").flatMap((line) => {
      const cells = line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim());
      const id = /^`(\w+)`$/.exec(cells[5] ?? "")?.[1];
      if (!id) return [];
      const kinds = cells.slice(1, 5).map((cell) => (cell in supports ? supports[cell] : "on_request"));
      return [{ id, name: (cells[0] ?? "").replaceAll("\\", ""), beta: isBeta === 1, kinds }];
    }),
  );
}

describe("the provider network", () => {
  it.skipIf(!existsSync(beside))("is what Finch's page lists", () => {
    const page = rowsOfPage();
    expect(page).toHaveLength(233);
    // One id stands there twice, under two names.
    const first = page.filter((row, place) => page.findIndex((other) => other.id === row.id) === place);
    const ours = providers.map((row) => ({
      id: row.id,
      name: row.id === "remotepass" ? "Remote" : row.display_name,
      beta: row.beta,
      kinds: [row.organization, row.payroll, row.deductions, row.documents],
    }));
    const byId = (a: { id: string }, b: { id: string }) => a.id.localeCompare(b.id);
    expect(ours.sort(byId)).toEqual(first.sort(byId));
  });

  it("has ways to sign in that fit what is automated", () => {
    for (const { id, organization, payroll, deductions, authentication_methods: methods } of providers) {
      const kinds = [organization, payroll, deductions];
      expect([id, methods.some((method) => method !== "assisted")]).toEqual([
        id,
        kinds.includes("automated"),
      ]);
      if (kinds.includes("assisted"))
        expect([id, methods]).toEqual([id, expect.arrayContaining(["assisted"])]);
    }
  });

  it("reaches back as far as Finch says, and forwards where Finch says", () => {
    const short = providers.filter((row) => row.historyMonths);
    expect(short.map((row) => [row.id, row.historyMonths])).toEqual([
      ["paychex_flex", 14],
      ["paycom", 24],
    ]);
    expect(providers.filter((row) => row.forwarding)).toHaveLength(10);
    for (const { forwarding = [], authentication_methods: methods } of providers)
      expect(methods).toEqual(expect.arrayContaining(forwarding));
  });

  it("lists all of it without a token, assisted ones marked", () => {
    expect(wire).toHaveLength(providers.length);
    expect(wire.find((row) => row.id === "gusto")).toMatchObject({
      display_name: "Gusto",
      manual: false,
      beta: false,
      products: [
        "company",
        "directory",
        "individual",
        "ssn",
        "employment",
        "payment",
        "pay_statement",
        "benefits",
      ],
    });
    expect(wire.find((row) => row.id === "bbsi")).toMatchObject({ manual: true, beta: true });
  });
});

type Tree = { [name: string]: boolean | Tree };
const methodOf = (id: string, type: string) =>
  wire.find((row) => row.id === id)?.authentication_methods?.find((method) => method.type === type);
const fieldsOf = (id: string, type: string) => methodOf(id, type)?.supported_fields as Record<string, Tree>;

/** The leaves of a tree of supported fields: path and whether it is supported. */
function leavesOf(tree: Tree, prefix = ""): [string, boolean][] {
  return Object.entries(tree).flatMap(([name, value]) =>
    typeof value === "boolean"
      ? [[`${prefix}${name}`, value] as [string, boolean]]
      : leavesOf(value, `${prefix}${name}.`),
  );
}

/** All values at a path, lists followed to their items; where something above is null, so is the value. */
function valuesAt(record: unknown, [name, ...rest]: string[]): unknown[] {
  if (Array.isArray(record))
    return record.flatMap((item) => valuesAt(item, name === undefined ? [] : [name, ...rest]));
  if (name === undefined || record === null || record === undefined) return [record ?? null];
  return valuesAt(Reflect.get(Object(record), name), rest);
}

async function recordsOf(client: Finch, paid = false): Promise<Record<string, unknown[]>> {
  const { individuals } = await client.hris.directory.list();
  const requests = individuals.map(({ id }) => ({ individual_id: id ?? "" }));
  const options = { include: ["ssn"] };
  const people = await client.hris.individuals.retrieveMany({ requests, options });
  const jobs = await client.hris.employments.retrieveMany({ requests });
  return {
    company: [await client.hris.company.retrieve()],
    directory: [{ paging: { count: 1, offset: 0 }, individuals }],
    individual: people.responses.map((item) => item.body),
    employment: jobs.responses.map((item) => item.body),
    ...(paid ? await payrollOf(client) : {}),
  };
}

async function payrollOf(client: Finch): Promise<Record<string, unknown[]>> {
  const dates = { start_date: "2020-01-01", end_date: sandbox.sandbox.world.clock.iso().slice(0, 10) };
  const payments = (await client.hris.payments.list(dates)).items;
  const requests = payments.slice(-10).map((payment) => ({ payment_id: payment.id ?? "" }));
  const { responses } = await client.hris.payStatements.retrieveMany({ requests });
  return { payment: payments, pay_statement: responses.map((item) => item.body) };
}

function providerOf(id: string): Provider {
  const provider = findProvider(id);
  if (!provider) throw new Error(`no provider ${id}`);
  return provider;
}

describe("what a provider does not give", () => {
  it.each([
    ["gusto", "credential"],
    ["gusto", "assisted"],
    ["adp_workforce_now", "api_token"],
    ["bamboo_hr", "oauth"],
    ["sequoia_one", "credential"],
    ["adp_total_source", "assisted"],
  ] as const)("%s (%s) is null in its data, and only that is null everywhere", async (provider_id, type) => {
    const { client } = await createTestConnection(sandbox, {
      provider_id,
      authentication_type: type,
      employee_size: 60,
    });
    await client.sandbox.connections.accounts.update({ connection_status: "connected" });
    const fields = fieldsOf(provider_id, methodOf(provider_id, type) ? type : "credential");
    const records = await recordsOf(client, supportsProduct(providerOf(provider_id), "payment"));
    const isListed = methodOf(provider_id, type) !== undefined;
    for (const [section, rows] of Object.entries(records)) {
      for (const [leaf, supported] of leavesOf(fields[section] ?? {})) {
        const values = rows.flatMap((row) => valuesAt(row, leaf.split(".")));
        const filled = values.some((value) => value !== null);
        if (isListed || !supported) expect([section, leaf, filled]).toEqual([section, leaf, supported]);
      }
    }
  });

  it("depends on the login: what people read by hand has no custom fields", async () => {
    const filled = async (authentication_type: "credential" | "assisted") => {
      const { client } = await createTestConnection(sandbox, { authentication_type });
      await client.sandbox.connections.accounts.update({ connection_status: "connected" });
      const { employment = [] } = await recordsOf(client);
      return employment.some((row) => valuesAt(row, ["custom_fields"])[0] !== null);
    };
    expect([await filled("credential"), await filled("assisted")]).toEqual([true, false]);
  });

  it("is null inside of lists too", () => {
    const limited = providerOf("adp_total_source");
    const statement = {
      total_hours: 80,
      earnings: [
        { hours: 80, amount: 1 },
        { hours: null, amount: 2 },
      ],
    };
    expect(withoutUnsupported(limited, "pay_statement", statement)).toEqual({
      total_hours: null,
      earnings: [
        { hours: null, amount: 1 },
        { hours: null, amount: 2 },
      ],
    });
    expect(statement.earnings[0]?.hours).toBe(80);
  });

  it("is 501 where a whole product is missing", async () => {
    const products = ["directory", "payment", "benefits", "documents"];
    const { client: hris } = await createTestConnection(sandbox, { provider_id: "rippling", products });
    const calls: (() => Promise<unknown>)[] = [
      () => hris.hris.payments.list({ start_date: "2026-01-01", end_date: "2026-02-01" }),
      () => hris.hris.documents.list(),
      () => hris.hris.benefits.list(),
      () => hris.payroll.payGroups.list(),
    ];
    for (const call of calls) {
      const { status, body } = await failureOf(call());
      expect([status, body["name"]]).toEqual([501, "not_implemented_error"]);
    }
    await hris.hris.directory.list();
  });

  it("is 501 where a product lacks an endpoint", async () => {
    const { client } = await createTestConnection(sandbox, {
      provider_id: "paylocity",
      products: ["payment"],
    });
    const { status, body } = await failureOf(client.payroll.payGroups.list());
    expect([status, body["message"]]).toEqual([501, expect.stringContaining("Paylocity")]);
    expect(leavesOf(fieldsOf("paylocity", "credential")["pay_group"] ?? {}).some(([, given]) => given)).toBe(
      false,
    );
  });

  it("is not said of providers in beta", () => {
    for (const { beta, authentication_methods: methods = [] } of wire)
      for (const method of methods) expect(method.supported_fields === undefined).toBe(beta);
  });

  it("has no fields in the list of providers", () => {
    const sections = {
      company: "company",
      payment: "payment",
      pay_statement: "pay_statement",
      pay_group: "payment",
    };
    for (const provider of providers.filter((row) => !row.beta)) {
      for (const [section, product] of Object.entries(sections)) {
        if (supportsProduct(provider, product)) continue;
        for (const method of provider.authentication_methods)
          expect(leavesOf(fieldsOf(provider.id, method)[section] ?? {}).every(([, given]) => !given)).toBe(
            true,
          );
      }
    }
  });
});

describe("Workday", () => {
  it("gives ids of supervisory organizations to applications that asked for them, and to no others", async () => {
    const asked = await startTestSandbox({ onRequestFields: true });
    for (const [place, ids] of [
      [asked, expect.stringMatching(/^SUP-\d{4}$/)],
      [sandbox, undefined],
    ] as const) {
      const { client } = await createTestConnection(place, { provider_id: "workday" });
      const [first] = (await client.hris.company.retrieve()).departments ?? [];
      const { individuals } = await client.hris.directory.list();
      const department = individuals.find((person) => person.department)?.department;
      expect([first, department].map((row) => Reflect.get(Object(row), "source_id") as unknown)).toEqual([
        ids,
        ids,
      ]);
    }
    const { client: other } = await createTestConnection(asked);
    expect((await other.hris.company.retrieve()).departments?.[0]).not.toHaveProperty("source_id");
  });
});

describe("SSNs", () => {
  it("are encrypted by some providers: then the plain one is null, and the other is not", async () => {
    const { client } = await createTestConnection(sandbox, { provider_id: "sequoia_one" });
    const [person] = (await client.hris.directory.list()).individuals;
    const requests = [{ individual_id: person?.id ?? "" }];
    const read = async (options: object) =>
      (await client.hris.individuals.retrieveMany({ requests, ...options })).responses[0]?.body;
    expect(await read({})).not.toHaveProperty("encrypted_ssn");
    const asked = await read({ options: { include: ["ssn"] } });
    expect(asked).toMatchObject({
      ssn: null,
      encrypted_ssn: expect.stringMatching(/^[\w+/]+=*\.[\w+/]+=*$/),
    });
    expect(await read({ options: { include: ["ssn"] } })).toEqual(asked);
  });
});
