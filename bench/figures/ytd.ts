import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { sql } from "drizzle-orm";
import { atLeast, atMost, type Figure } from "@/bench/lib/figure";
import { median, ratio } from "@/bench/lib/measure";
import { startDatabase, startStand } from "@/bench/lib/stand";
import { fillWages, type FilledEmployer } from "@/bench/lib/wages";
import { closeDatabase, configureDatabase, inScope } from "@/db/client";
import { createTestConnection, createTestCustomer, createTestUser } from "@/db/seed/factories";
import { roleContext, type Context } from "@/lib/domain/context";
import { listYtd } from "@/lib/domain/payroll/ytd/list-ytd";
import { paths } from "@/lib/paths";

const people = 10_000;
const rounds = 7;
const asked = { year: 2026, asOf: "2026-12-31" } as const;

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const started = performance.now();
  const value = await work();
  return { ms: performance.now() - started, value };
}

const administrator = (customerId: string): Context =>
  roleContext({
    actor: { kind: "user", userId: randomUUID(), email: "bench@example.test", name: null },
    scope: { kind: "customer", customerId, connectionIds: "all" },
    role: "employer_admin",
  });

interface Sums {
  gross: string;
  taxes: string;
  employerTaxes: string;
  deductions: string;
  contributions: string;
}

/** What the page says in total and of its people, added up from the statements and lines themselves. */
function liveSums(ctx: Context, { customerId }: FilledEmployer) {
  return inScope(
    ctx,
    async (tx) => {
      const total = (category: string) =>
        sql`coalesce(sum(amount) filter (where ${sql.raw(category)}), 0)::text`;
      return tx.execute<Sums & Record<string, unknown>>(sql`
        with lines as (select s.individual_id, l.category, l.employer, sum(l.amount_cents) as amount
          from pay_statements s join pay_statement_lines l on l.customer_id = s.customer_id and l.statement_id = s.id
          where s.customer_id = ${customerId}::uuid and s.deleted_at is null and s.pay_date between '2026-01-01' and '2026-12-31'
          group by 1, 2, 3),
        pay as (select sum(gross_pay_cents) as gross from pay_statements s where s.customer_id = ${customerId}::uuid
          and s.deleted_at is null and s.pay_date between '2026-01-01' and '2026-12-31')
        select (select gross::text from pay) as gross, ${total("category = 'tax' and not employer")} as taxes,
          ${total("category = 'tax' and employer")} as "employerTaxes", ${total("category = 'deduction'")} as deductions,
          ${total("category = 'contribution'")} as contributions from lines`);
    },
    { readOnly: true },
  );
}

/** Adding up the lines ÷ the page's own verb: its totals, its 50 people with all their figures, its coverage. */
export async function ytdSpeedup(): Promise<Figure[]> {
  const dataDir = mkdtempSync(path.join(tmpdir(), "perch-bench-"));
  const { server, urls, sql: client } = await startDatabase(dataDir);
  try {
    await configureDatabase({ url: urls.app });
    const employer = await fillWages(client, urls.worker, people);
    const ctx = administrator(employer.customerId);
    const ratios: number[] = [];
    const times: { live: number; own: number }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const own = await timed(() => listYtd(ctx, asked));
      const live = await timed(() => liveSums(ctx, employer));
      requireEqual(own.value.totals[0], live.value[0]);
      times.push({ live: live.ms, own: own.ms });
      ratios.push(live.ms / own.ms);
    }
    const detail = `${people} people × 26 statements × 11 lines, median of ${rounds} rounds: ${median(times.map(({ live }) => live)).toFixed(0)} ms ÷ ${median(times.map(({ own }) => own)).toFixed(1)} ms, results equal`;
    return [atLeast("ytd.speedup", median(ratios), 20, detail)];
  } finally {
    await closeDatabase();
    await client.end({ timeout: 2 });
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

type Totals = Awaited<ReturnType<typeof listYtd>>["totals"][number];

/** @throws Error where the page's totals are not what the lines add up to */
function requireEqual(own: Totals | undefined, live: Sums | undefined): void {
  const pairs = [
    [own?.grossCents, live?.gross],
    [own?.taxesCents, live?.taxes],
    [own?.employerTaxesCents, live?.employerTaxes],
    [own?.deductionsCents, live?.deductions],
    [own?.contributionsCents, live?.contributions],
  ];
  for (const [kept, added] of pairs)
    if (String(kept) !== added)
      throw new Error(`The page says ${String(kept)}, its lines add up to ${added}`);
}

/** The page with 10,000 people ÷ the same signed-in page of an employer without any. */
export async function ytdOverhead(): Promise<Figure[]> {
  const stand = await startStand();
  try {
    const employer = await fillWages(stand.sql, stand.workerUrl, people);
    const none = await createTestCustomer(stand.sql);
    await createTestConnection(stand.sql, { customerId: none.id });
    const open = async (customerId: string) => {
      const user = await createTestUser(stand.sql, { role: "employer_admin", customerId });
      const page = `${stand.url}${paths.ytd(customerId)}?year=${asked.year}&asof=${asked.asOf}`;
      return { page, cookie: await stand.cookieOf(user.id) };
    };
    const [full, empty] = [await open(employer.customerId), await open(none.id)];
    const measured = await ratio(full.page, empty.page, { page: full.cookie, base: empty.cookie });
    return [atMost("ytd.overhead", measured.ratio, 2, measured.detail)];
  } finally {
    await closeDatabase();
    await stand.stop();
  }
}
