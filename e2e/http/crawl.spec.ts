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
import { createTestConnection, createTestIndividuals } from "@/db/seed/factories";

/** Reading changes nothing: every address that a page leads to, by GET, HEAD and as payload. */

/** What reading does write, and what the worker writes of every employer by the hour, whoever reads meanwhile. */
const notTheirs = new Set(["sessions", "api_requests", "audit_checks", "audit_signatures"]);

/** A digest of every row that belongs to the employer. */
async function digestOf(customerId: string): Promise<Record<string, string>> {
  const sql = database();
  const tables = await sql<{ name: string }[]>`
    select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'customer_id'
    where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition order by 1`;
  const digests: Record<string, string> = {};
  for (const { name } of tables.filter((table) => !notTheirs.has(table.name))) {
    const [row] = await sql<{ digest: string }[]>`
      select count(*) || ' ' || coalesce(md5(string_agg(md5(t::text), '' order by t::text)), '') as digest
      from ${sql(name)} t where customer_id = ${customerId}`;
    digests[name] = row?.digest ?? "";
  }
  return digests;
}

/** Built files are nobody's rows; an export is written to the audit, as it should be. */
const isLeftOut = (href: string) => href.startsWith("/_next/") || /\/export(\?|$)/.test(href);

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

test("a crawl by GET and HEAD as admin leaves the employer's rows as they are, and finds no error", async () => {
  test.setTimeout(120_000);
  const employer = await createEmployer();
  const sql = database();
  const connection = await createTestConnection(sql, { customerId: employer.id });
  const [individualId = ""] = await createTestIndividuals(sql, {
    customerId: employer.id,
    connectionId: connection.id,
    count: 12,
  });
  const place = { customerId: employer.id, connectionId: connection.id, individualId };
  const before = await digestOf(employer.id);
  const get = await clientOf(employer.admin.id);
  const seen = await crawl(
    get,
    ["/", ...pagesBelow("/e", place), ...pagesBelow("/account"), `/api/e/${employer.id}/connections`],
    55,
  );
  expect([...seen].filter(([, kind]) => !/^(opens|3)/.test(kind))).toEqual([]);
  expect(seen.size).toBeGreaterThan(20);
  expect(await digestOf(employer.id)).toEqual(before);
});

test("a crawl as staff finds no error", async () => {
  test.setTimeout(120_000);
  const staff = await createPerson(null, "staff_admin");
  const seen = await crawl(
    await clientOf(staff.id),
    ["/", ...pagesBelow("/admin"), ...pagesBelow("/account")],
    35,
  );
  expect([...seen].filter(([, kind]) => !/^(opens|3)/.test(kind))).toEqual([]);
  expect([...seen.keys()]).toEqual(
    expect.arrayContaining(["/admin", "/admin/customers", "/admin/connections"]),
  );
});
