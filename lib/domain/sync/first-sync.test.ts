import { beforeAll, describe, expect, it } from "vitest";
import { useSyncWorld, type TestConnection } from "./testing";

const world = useSyncWorld();

interface Wire {
  directory: { individuals: WirePerson[]; paging: { count: number } };
  individuals: { responses: { individual_id: string; body: WirePerson }[] };
  employments: { responses: { individual_id: string; body: WirePerson }[] };
}
// Finch's answers are read here as plain JSON, so that a wrong belief in our schemas shows.
interface WirePerson {
  [field: string]: unknown;
  id: string;
  ssn: string | null;
}

async function asFinchSaysIt({ accessToken }: TestConnection): Promise<Wire> {
  const directory = await world.finch<Wire["directory"]>(
    "GET",
    "/employer/directory?limit=10000",
    undefined,
    accessToken,
  );
  const requests = directory.individuals.map(({ id }) => ({ individual_id: id }));
  return {
    directory,
    individuals: await world.finch(
      "POST",
      "/employer/individual",
      { requests, options: { include: ["ssn"] } },
      accessToken,
    ),
    employments: await world.finch("POST", "/employer/employment", { requests }, accessToken),
  };
}

async function everyTable(): Promise<string[]> {
  const rows = await world.rows<{ name: string }>(
    "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'graphile_worker')",
  );
  return rows.map((row) => row.name);
}

describe("a first sync of 20 people", () => {
  let connection: TestConnection;
  let runId: string;
  let finch: Wire;

  beforeAll(async () => {
    connection = await world.connect();
    runId = await world.sync(connection);
    finch = await asFinchSaysIt(connection);
  });

  it("ends with every step done in the least possible requests", async () => {
    const steps = await world.rows(
      "select name, status, done, total, requests from sync_steps where run_id = $1 order by ordinal",
      [runId],
    );
    expect(steps).toEqual([
      { name: "introspect", status: "succeeded", done: 1, total: 1, requests: 1 },
      { name: "finch_jobs", status: "succeeded", done: 1, total: 1, requests: 1 },
      { name: "company", status: "succeeded", done: 1, total: 1, requests: 1 },
      { name: "directory", status: "succeeded", done: 20, total: 20, requests: 1 },
      { name: "individual", status: "succeeded", done: 20, total: 20, requests: 1 },
      { name: "employment", status: "succeeded", done: 20, total: 20, requests: 1 },
    ]);
    expect(await world.row("select status, failure_code from sync_runs where id = $1", [runId])).toEqual({
      status: "succeeded",
      failure_code: null,
    });
  });

  it("mirrors directory, personal data and employment exactly", async () => {
    expect(finch.directory.paging.count).toBe(20);
    for (const entry of finch.directory.individuals) {
      const person = finch.individuals.responses.find((item) => item.individual_id === entry.id)?.body;
      const job = finch.employments.responses.find((item) => item.individual_id === entry.id)?.body;
      const stored = await world.row(
        `select i.*, p.dob, p.residence, p.emails, p.phone_numbers, t.gender, t.ethnicity, t.marital_status
         from individuals i join individual_profiles p on p.individual_id = i.id join individual_traits t on t.individual_id = i.id
         where i.connection_id = $1 and i.finch_individual_id = $2`,
        [connection.connectionId, entry.id],
      );
      expect(stored).toMatchObject({
        first_name: entry["first_name"],
        last_name: entry["last_name"],
        middle_name: entry["middle_name"],
        is_active: entry["is_active"],
        department: (entry["department"] as { name: string } | null)?.name ?? null,
        manager_finch_id: (entry["manager"] as { id: string } | null)?.id ?? null,
        preferred_name: person?.["preferred_name"],
        emails: person?.["emails"],
        phone_numbers: person?.["phone_numbers"],
        gender: person?.["gender"],
        ethnicity: person?.["ethnicity"],
        marital_status: person?.["marital_status"],
        title: job?.["title"],
        employment_status: job?.["employment_status"],
        flsa_status: job?.["flsa_status"],
        class_code: job?.["class_code"],
        individual_error: null,
        employment_error: null,
        deleted_at: null,
      });
    }
  });

  it("keeps incomes in minor units, the current one first", async () => {
    for (const { individual_id: id, body } of finch.employments.responses) {
      const incomes = await world.rows(
        `select h.ordinal, h.is_current, h.unit, h.amount_cents::text as amount, h.currency, h.effective_date::text as effective_date
         from income_history h join individuals i on i.id = h.individual_id
         where i.connection_id = $1 and i.finch_individual_id = $2 order by h.ordinal`,
        [connection.connectionId, id],
      );
      type WireIncome = {
        unit: string;
        amount: number | null;
        currency: string;
        effective_date: string | null;
      };
      const current = (body["income"] ?? null) as WireIncome | null;
      const past = ((body["income_history"] ?? []) as (WireIncome | null)[]).filter(
        (income) => income !== null,
      );
      const expected = [
        ...(current ? [{ income: current, ordinal: 0 }] : []),
        ...past.map((income, index) => ({ income, ordinal: index + 1 })),
      ];
      expect(incomes).toEqual(
        expected.map(({ income, ordinal }) => ({
          ordinal,
          is_current: ordinal === 0,
          unit: income.unit,
          amount: income.amount === null ? null : String(income.amount),
          currency: income.currency,
          effective_date: income.effective_date,
        })),
      );
    }
  });

  it("keeps SSNs and bank numbers in no table in clear", async () => {
    const ssns = finch.individuals.responses.flatMap(({ body }) => (body.ssn ? [body.ssn] : []));
    const company = await world.finch<{ accounts: Record<string, string>[] }>(
      "GET",
      "/employer/company",
      undefined,
      connection.accessToken,
    );
    const numbers = company.accounts
      .flatMap((account) => [account["account_number"], account["routing_number"]])
      .filter((value) => value !== undefined && value !== null);
    expect(ssns.length).toBeGreaterThan(10);
    expect(numbers.length).toBeGreaterThan(0);
    const secrets = [
      ...ssns,
      ...ssns.map((ssn) => ssn.replaceAll("-", "")),
      ...numbers,
      connection.accessToken,
    ];
    for (const table of await everyTable()) {
      const rows = await world.rows<{ text: string }>(`select t::text as text from ${table} t`);
      for (const { text } of rows) {
        for (const secret of secrets) expect(text.includes(secret), `${table} holds a secret`).toBe(false);
      }
    }
    const [sealed] = await world.rows(
      "select count(*)::int as n from sealed_values where connection_id = $1 and kind = 'ssn'",
      [connection.connectionId],
    );
    expect(sealed).toEqual({ n: ssns.length });
  });

  it("keeps the last four digits beside the sealed value", async () => {
    const withSsn = finch.individuals.responses.find(({ body }) => body.ssn);
    const row = await world.row(
      `select v.last_four from sealed_values v join individuals i on i.id = v.owner_id
       where v.connection_id = $1 and v.kind = 'ssn' and i.finch_individual_id = $2`,
      [connection.connectionId, withSsn?.individual_id ?? ""],
    );
    expect(row).toEqual({ last_four: withSsn?.body.ssn?.slice(-4) });
  });

  it("seals nothing anew in a second sync that brings the same", async () => {
    const before = await world.rows(
      "select id, ciphertext, updated_at from sealed_values where connection_id = $1 order by id",
      [connection.connectionId],
    );
    await world.sync(connection, "requested");
    const after = await world.rows(
      "select id, ciphertext, updated_at from sealed_values where connection_id = $1 order by id",
      [connection.connectionId],
    );
    expect(after).toEqual(before);
  });

  it("leaves the connection with the age of its data, the next sync and a line in the timeline", async () => {
    const row = await world.connectionRow(connection);
    expect(row).toMatchObject({
      account_status: "connected",
      consecutive_failures: 0,
      sync_kind: "automated",
    });
    expect(row["data_retrieved_at"]).toBeInstanceOf(Date);
    expect(row["next_sync_at"]).toBeInstanceOf(Date);
    expect(Object.keys(row["freshness"] as object).sort()).toEqual([
      "company",
      "directory",
      "employment",
      "individual",
    ]);
    const events = await world.rows<{ kind: string }>(
      "select kind from connection_events where connection_id = $1",
      [connection.connectionId],
    );
    expect(events.map((event) => event.kind)).toContain("sync_succeeded");
  });

  it("records every request with Finch's request id and without a body", async () => {
    const requests = await world.rows<{ finch_request_id: string | null; sync_run_id: string }>(
      "select * from api_requests where sync_run_id = $1",
      [runId],
    );
    expect(requests).toHaveLength(6);
    expect(requests.every((request) => request.finch_request_id !== null)).toBe(true);
  });
});

describe("what was not granted", () => {
  it("is not asked for", async () => {
    const connection = await world.connect({ products: ["directory", "individual"] });
    const runId = await world.sync(connection);
    const requests = await world.rows<{ endpoint: string }>(
      "select endpoint from api_requests where sync_run_id = $1",
      [runId],
    );
    expect(requests.map((request) => request.endpoint).sort()).toEqual([
      "GET /employer/directory",
      "GET /introspect",
      "GET /jobs/automated",
      "POST /employer/individual",
    ]);
    expect(
      await world.rows("select 1 from sealed_values where connection_id = $1", [connection.connectionId]),
    ).toEqual([]);
  });
});

describe("a big employer", () => {
  it(
    "lands 25,000 people by pages of 10,000, none twice and none missing",
    { timeout: 240_000 },
    async () => {
      const connection = await world.connect({
        employees: 25_000,
        products: ["directory", "individual", "ssn"],
      });
      const runId = await world.sync(connection);
      const steps = await world.rows(
        "select name, status, done, requests from sync_steps where run_id = $1 and ordinal > 1 order by ordinal",
        [runId],
      );
      expect(steps).toEqual([
        { name: "directory", status: "succeeded", done: 25_000, requests: 3 },
        { name: "individual", status: "succeeded", done: 25_000, requests: 3 },
      ]);
      const counted = await world.row(
        `select count(*)::int as people, count(distinct finch_individual_id)::int as ids,
         count(*) filter (where individual_fetched_at is not null and deleted_at is null)::int as complete
       from individuals where connection_id = $1`,
        [connection.connectionId],
      );
      expect(counted).toEqual({ people: 25_000, ids: 25_000, complete: 25_000 });
    },
  );
});
