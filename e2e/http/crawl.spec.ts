import {
  asPayload,
  clientOf,
  createEmployer,
  createPerson,
  database,
  expect,
  kindOf,
  test,
  type Client,
} from "@/e2e/support";
import { addressOf, pagePatterns } from "./discover";
import { createTestConnection, createTestIndividuals, type TestUser } from "@/db/seed/factories";
import { sha256 } from "@/lib/crypto/hash";
import { plantPay } from "@/lib/domain/rights/world/plant-pay";
import { plantForm, plantGroup } from "@/lib/domain/rights/world/plant-work";
import { paths } from "@/lib/paths";

/** Reading changes nothing: every address that a page leads to, by GET, HEAD and as payload. */

/** What the worker writes of every employer by the hour, whoever reads meanwhile. */
const byTheHour = new Set(["audit_checks", "audit_signatures"]);

/** What reading does move on: how long the own session lasts. */
const movedByReading = ["expires", "last_seen_at"];

/** A digest of every row that belongs to the employer or names the person, in every table, and of the queue's jobs. */
async function digestOf(customerId: string, { id, email }: TestUser): Promise<Record<string, string>> {
  const sql = database();
  const tables = await sql<{ name: string; isTenants: boolean }[]>`
    select c.relname as name, exists (
      select from pg_attribute a where a.attrelid = c.oid and a.attname = 'customer_id') as "isTenants"
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition order by 1`;
  // Keys of limits and of requests to sign in are hashes.
  const marks = [customerId, id, email, sha256(id), sha256(email)].map((mark) => `%${mark}%`);
  const digests: Record<string, string> = {};
  for (const { name, isTenants } of tables.filter((table) => !byTheHour.has(table.name))) {
    const [row] = await sql<{ digest: string }[]>`
      select count(*) || ' ' || coalesce(md5(string_agg(md5(kept), '' order by kept)), '') as digest
      from (select (to_jsonb(t) - ${name === "sessions" ? movedByReading : []}::text[])::text as kept
        from ${sql(name)} t where to_jsonb(t)::text like any (${marks})
        ${isTenants ? sql`or customer_id = ${customerId}` : sql``}) rows`;
    digests[name] = row?.digest ?? "";
  }
  const jobs = await sql<{ id: string; payload: string }[]>`
    select id::text, payload::text from graphile_worker._private_jobs where payload::text like any (${marks}) order by 1`;
  return { ...digests, "the queue": jobs.map((job) => `${job.id} ${job.payload}`).join("\n") };
}

const products = [
  "company",
  "directory",
  "individual",
  "employment",
  "payment",
  "pay_statement",
  "documents",
];

/** An employer of the test alone, with people and what payroll has of one, and how its addresses are filled in. */
async function createPlace() {
  const employer = await createEmployer();
  const sql = database();
  const connection = await createTestConnection(sql, { customerId: employer.id, products });
  const [individualId = ""] = await createTestIndividuals(sql, {
    customerId: employer.id,
    connectionId: connection.id,
    count: 12,
  });
  const at = { customerId: employer.id, connectionId: connection.id, individualId };
  const amounts = {
    gross: "500000",
    net: "400000",
    "wage's name": "Salary",
    "tax's name": "Levy",
    tax: "100000",
  };
  const place = {
    ...at,
    ...(await plantPay(sql, at, amounts)),
    payGroupId: await plantGroup(sql, at, "Salaried"),
    documentId: await plantForm(sql, at, { deductions: "120000", number: "none" }),
  };
  return { employer, place };
}

/** Built files are nobody's rows; a file that somebody takes is written to the audit, as it should be. */
const isLeftOut = (href: string) => href.startsWith("/_next/") || /\/(export|pdf)(\?|$)/.test(href);

/** Every page whose address starts so, by the sources: one that no other links to is crawled as well. */
const pagesBelow = (prefix: string, values: Record<string, string | number> = {}) =>
  pagePatterns()
    .filter((pattern) => pattern === prefix || pattern.startsWith(`${prefix}/`))
    .map((pattern) => addressOf(pattern, values));

async function crawl(get: Client, start: readonly string[], limit: number): Promise<Map<string, string>> {
  const seen = new Map<string, string>();
  const waiting = [...start];
  for (let path = waiting.shift(); path !== undefined && seen.size < limit; path = waiting.shift()) {
    if (seen.has(path)) continue;
    const page = await get(path);
    seen.set(path, kindOf(page));
    const head = await get(path, { method: "HEAD" });
    expect.soft(head.status, `HEAD ${path}`).toBe(page.status);
    expect.soft(kindOf(await get(path, asPayload)), `payload of ${path}`).not.toMatch(/^(fails|[45])/);
    const links = [...page.text.matchAll(/href="(\/[^"#]*)"/g)].map(([, href = ""]) =>
      href.replaceAll("&amp;", "&"),
    );
    waiting.push(...links.filter((href) => !seen.has(href) && !isLeftOut(href)));
  }
  return seen;
}

/** Which tables differ, by name, so that a failure says where something was written. */
const changedIn = (before: Record<string, string>, after: Record<string, string>) =>
  Object.keys(before).filter((name) => before[name] !== after[name]);

test("a crawl by GET and HEAD as admin leaves the employer's rows as they are, and finds no error", async () => {
  test.setTimeout(180_000);
  const { employer, place } = await createPlace();
  const get = await clientOf(employer.admin.id);
  const before = await digestOf(employer.id, employer.admin);
  for (const name of ["users", "sessions", "user_roles", "customers", "individuals"])
    expect(before[name], name).not.toMatch(/^0 /);
  const seen = await crawl(
    get,
    ["/", ...pagesBelow("/e", place), ...pagesBelow("/account"), `/api/e/${employer.id}/connections`],
    55,
  );
  expect([...seen].filter(([, kind]) => !/^(opens|3)/.test(kind))).toEqual([]);
  expect(seen.size).toBeGreaterThan(20);
  expect(changedIn(before, await digestOf(employer.id, employer.admin))).toEqual([]);
});

test("a crawl as staff leaves their rows and an employer's as they are, and finds no error", async () => {
  test.setTimeout(180_000);
  const { employer } = await createPlace();
  const staff = await createPerson(null, "staff_admin");
  const get = await clientOf(staff.id);
  const before = await digestOf(employer.id, staff);
  const ofEmployer = [paths.adminAuditOf(employer.id), paths.adminBreakGlass({ employer: employer.id })];
  const seen = await crawl(get, ["/", ...pagesBelow("/admin"), ...pagesBelow("/account"), ...ofEmployer], 37);
  expect([...seen].filter(([, kind]) => !/^(opens|3)/.test(kind))).toEqual([]);
  expect([...seen.keys()]).toEqual(
    expect.arrayContaining(["/admin", "/admin/customers", "/admin/connections"]),
  );
  expect(changedIn(before, await digestOf(employer.id, staff))).toEqual([]);
});
