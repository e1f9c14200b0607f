import { atMost, type Figure } from "@/bench/lib/figure";
import { startSyncStand, type MirrorRun, type SyncStand } from "@/bench/lib/sync-stand";
import type { Employer } from "@/soak/mirror/stage";

/**
 * A full sync by a worker process: the requests that Finch received, and the memory that the process was resident
 * with. The sandbox's own log counts the requests, and its limits are Finch's.
 */

const peoplePage = 10_000;
const statementPage = 5_000;
const pagesARequest = 10;
const mostMb = 400;

/** The least possible requests of one entity with all products (DESIGN §8), by what the sandbox has. */
async function leastRequests({ stage, token }: Employer): Promise<number> {
  const ask = <T>(path: string) => stage.finch<T>("GET", path, undefined, token);
  const { paging } = await ask<{ paging: { count: number } }>("/employer/directory?limit=1");
  const groups = await ask<unknown[]>("/employer/pay-groups");
  const payments = await ask<{ individual_ids: string[] }[]>(
    "/employer/payment?start_date=2000-01-01&end_date=2100-01-01",
  );
  const benefits = await ask<unknown[]>("/employer/benefits");
  const pages = payments.reduce((sum, payment) => {
    return sum + Math.ceil(payment.individual_ids.length / statementPage);
  }, 0);
  const first = 2;
  const people = 1 + 3 * Math.ceil(paging.count / peoplePage);
  const payroll = 1 + groups.length + 1 + Math.ceil(pages / pagesARequest);
  // No W-4 was ever fetched: the list says so, and that is all.
  const others = 1 + 1 + 1 + benefits.length + 1;
  return first + people + payroll + others;
}

interface Measured extends MirrorRun {
  ratio: number;
  words: string;
}

async function measure(stand: SyncStand, people: number, payments: number): Promise<Measured> {
  const employer = await stand.connect(people, payments);
  await stand.stage.finch("DELETE", "/_sandbox/requests");
  const run = await stand.mirror(employer);
  const received = await stand.received(employer);
  const refused = received.filter(({ status }) => status === 429).length;
  const least = await leastRequests(employer);
  const [{ statements = 0 } = {}] = await stand.sql<{ statements: number }[]>`
    select count(*)::int as statements from pay_statements where connection_id = ${employer.connectionId}`;
  const words =
    `${people} people, ${payments} payments, ${statements} statements: ${received.length} requests of ${least}, ` +
    `${refused} refused, ${Math.round(run.seconds)} s`;
  return { ...run, ratio: received.length / least, words };
}

export async function syncRequests(): Promise<Figure[]> {
  const stand = await startSyncStand({ fewLines: true });
  try {
    const small = await measure(stand, 1_000, 60);
    const large = await measure(stand, 25_000, 60);
    return [
      atMost("sync.requests", Math.max(small.ratio, large.ratio), 1, `${small.words}; ${large.words}`),
      atMost("sync.memory", large.peakMb, mostMb, `peak MB of the worker process; ${large.words}`),
    ];
  } finally {
    await stand.stop();
  }
}
