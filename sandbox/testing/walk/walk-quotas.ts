import type { Sandbox } from "@/sandbox/app";
import { operations } from "@/sandbox/operations";
import { textAt, type Company } from "@/sandbox/testing/walk/companies";
import type { Stop } from "@/sandbox/testing/walk/stop";
import { firstOf } from "@/sandbox/testing/walk/walk-inputs";

/** Requests of one application in a minute, doubled as in Finch's sandbox (§1). */
const perMinute: Record<string, number> = {
  "GET /employer/company": 40,
  "GET /employer/directory": 40,
  "POST /employer/individual": 40,
  "POST /employer/employment": 40,
  "GET /employer/pay-statement-item": 40,
  "GET /employer/payment": 24,
  "GET /employer/pay-groups": 24,
  "POST /employer/pay-statement": 24,
};

/** Every quota of an application to its last request, and one more. */
export async function walkRates(company: Company, stops: readonly Stop[]): Promise<void> {
  const { walker, facts } = company;
  for (const { operation, send } of firstOf(stops, (id) => id in perMinute)) {
    const good = { operation, ...send?.(facts) };
    const quota = perMinute[operation] ?? 0;
    for (let n = 1; n <= quota; n++) await walker.expect(200, { ...good, note: `${n} of ${quota}` });
    const heard = await walker.expect(429, { ...good, note: `one more than ${quota}` });
    const code = textAt(heard.body, "finch_code");
    if (code !== "finch_application_rl") walker.judge.add(heard, "is not the application's limit");
  }
}

/** An address that asked too often is refused everything. */
export async function walkAddress(
  { desk }: Sandbox,
  company: Company,
  stops: readonly Stop[],
): Promise<void> {
  const address = "203.0.113.9";
  const walker = company.walker.from(address);
  // The thousand requests themselves would only cost time; both kinds of limit count for themselves.
  for (const operation of operations) {
    for (let n = 0; n < 1_000; n++) desk.limits?.record(operation, null, address, 200);
  }
  for (const { operation, send } of firstOf(stops)) {
    await walker.expect(429, { operation, note: "the address asked too often", ...send?.(company.facts) });
  }
}

const sync = { type: "data_sync_all" };

/** Refreshes: a new one, the running one, and none left. */
export async function walkRefreshes({ world }: Sandbox, { walker }: Company): Promise<void> {
  const refresh = (operation: string, note: string, wanted: number) =>
    walker.expect(wanted, { operation, note, body: sync });
  const finish = () => world.clock.adjust({ advanceMs: 60_000 });
  finish();
  await refresh("POST /jobs/automated", "a new job", 201);
  await refresh("POST /jobs/automated", "while it runs", 202);
  finish();
  await refresh("POST /jobs/automated", "a second one in the hour", 429);
  for (let n = 1; n <= 10; n++) {
    await refresh("POST /sandbox/jobs", `${n} of 10`, 200);
    finish();
  }
  await refresh("POST /sandbox/jobs", "an eleventh in the hour", 429);
}
