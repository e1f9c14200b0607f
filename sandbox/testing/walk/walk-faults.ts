import type { Sandbox } from "@/sandbox/app";
import { FaultInput } from "@/sandbox/faults";
import type { Company } from "@/sandbox/testing/walk/companies";
import type { Stop } from "@/sandbox/testing/walk/stop";
import { wantedStatus } from "@/sandbox/testing/walk/stops";
import { firstOf } from "@/sandbox/testing/walk/walk-inputs";

/** Answers with null in every field that may be null are still what the document says. */
export async function walkNulls({ desk }: Sandbox, company: Company, stops: readonly Stop[]): Promise<void> {
  const { walker, facts, kind } = company;
  for (const stop of firstOf(stops, (id) => id.includes(" /employer/"))) {
    const { operation, send, keep } = stop;
    desk.faults.add(FaultInput.parse({ operation, kind: "nulls" }));
    const wanted = wantedStatus(stop, kind);
    const { body } = await walker.expect(wanted, { operation, note: "nulls everywhere", ...send?.(facts) });
    // What is made anew may be deleted anew.
    if (operation.startsWith("POST") && wanted < 300 && keep) Object.assign(facts, keep(body));
  }
}

/** Statuses that the document declares, and that no input and no state of this sandbox causes. */
const ordered: [operation: string, status: number, reason: string][] = [
  ["GET /jobs/automated", 404, "the document's example is about one job, and a list may be empty"],
];

/** Their bodies are judged all the same, as a fault gives them. */
export async function walkOrdered({ desk }: Sandbox, { walker }: Company): Promise<void> {
  for (const [operation, status, reason] of ordered) {
    desk.faults.add(FaultInput.parse({ operation, kind: "status", status }));
    await walker.expect(status, { operation, note: `ordered: ${reason}` });
  }
}
