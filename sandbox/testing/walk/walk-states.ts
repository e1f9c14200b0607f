import { textAt, type Company } from "@/sandbox/testing/walk/companies";
import { nobody, type Stop } from "@/sandbox/testing/walk/stop";
import { isRule, wantedStatus } from "@/sandbox/testing/walk/stops";
import { firstOf } from "@/sandbox/testing/walk/walk-inputs";
import { isData } from "@/sandbox/testing/walk/walk-rights";

/** What data answers while a connection has a status, and the finch_code that says why (§4.39). */
const statuses: Record<string, readonly [number, readonly string[]]> = {
  pending: [202, ["pending", "accountant_setup_pending"]],
  processing: [202, ["data_sync_in_progress"]],
  reauth: [401, ["reauthenticate_user"]],
  error_no_account_setup: [401, ["account_setup_required"]],
  error_permissions: [403, ["insufficient_account_permissions"]],
};

export function setStatus({ walker }: Company, connection_status: string) {
  const operation = "PUT /sandbox/connections/accounts";
  return walker.expect(200, { operation, note: connection_status, body: { connection_status } });
}

/** Every connection status; the health check works in each. */
export async function walkStatuses(company: Company, stops: readonly Stop[]): Promise<void> {
  const { walker, facts, kind } = company;
  for (const [status, [wanted, codes]] of Object.entries(statuses)) {
    await setStatus(company, status);
    await walker.expect(200, { operation: "GET /introspect", note: status });
    for (const stop of firstOf(stops, isData)) {
      const sending = { operation: stop.operation, note: `while ${status}`, ...stop.send?.(facts) };
      const lacks = wantedStatus(stop, kind) === 501;
      const heard = await walker.expect(lacks ? [wanted, 501] : wanted, sending);
      const code = textAt(heard.body, "finch_code");
      if (heard.status !== 501 && !codes.includes(code))
        walker.judge.add(heard, `finch_code is not ${codes[0]}`);
    }
  }
  await setStatus(company, "connected");
}

/** What waits for the first sync. Deductions are read live and rules are Finch's own, so they need not. */
export async function walkBeforeSync(company: Company, stops: readonly Stop[]): Promise<void> {
  const { walker, facts, kind } = company;
  for (const stop of firstOf(stops, isData)) {
    const isLive = stop.operation.includes("/benefits") || isRule(stop.operation);
    const sending = { operation: stop.operation, note: "before the first sync", ...stop.send?.(facts) };
    const good = wantedStatus(stop, kind);
    await walker.expect(good === 501 ? [202, 501] : isLive ? [202, 200, 201, 400, 404] : 202, sending);
  }
}

/** Some entities, then the connection; afterwards its token is dead for everything. */
export async function walkEnd(company: Company, stops: readonly Stop[]): Promise<void> {
  const { walker, facts } = company;
  const drop = (note: string, wanted: number, entity_ids: string[]) =>
    walker.expect(wanted, { operation: "POST /disconnect-entity", note, body: { entity_ids } });
  await drop("an unknown entity", 400, [nobody]);
  await drop("one of two that is unknown", 400, [facts["entity"] ?? "", nobody]);
  if (facts["otherEntity"]) {
    const entity_ids = facts["otherEntity"];
    await drop("an entity", 200, [entity_ids]);
    const gone = {
      operation: "GET /employer/company",
      note: "an entity that is gone",
      query: { entity_ids },
    };
    await walker.expect([401, 404], gone);
    await walker.expect(200, { operation: "GET /employer/company", note: "the entity that is left" });
  }
  await walker.expect(200, { operation: "POST /disconnect", note: "the end" });
  for (const { operation, send } of firstOf(stops)) {
    await walker.expect(401, { operation, note: "after the end", ...send?.(facts) });
  }
}
