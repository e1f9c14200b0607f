import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { createSandbox } from "@/sandbox/app";
import { createAccount, createConnection } from "@/sandbox/connections";
import { payrollEdits, payrollOf } from "@/sandbox/payroll";
import { writePerson } from "@/sandbox/people";
import { findProvider } from "@/sandbox/providers";
import { settle } from "@/sandbox/settle";
import { startJob } from "@/sandbox/syncs";

const dataDir = mkdtempSync(path.join(tmpdir(), "payroll-restart-"));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

/** A sandbox on the folder, at an instant that stands still. */
function open(now: string) {
  const sandbox = createSandbox({ dataDir, jobDelayMs: 0, autoSync: false });
  sandbox.world.clock.adjust({ now: Date.parse(now), frozen: true });
  return sandbox;
}

it("what was written about payroll is the same after a restart, seen or not yet", () => {
  const first = open("2026-09-10T12:00:00Z");
  const { world } = first;
  const made = createConnection(world, {
    clientId: "client",
    connectionType: "finch",
    provider: findProvider("gusto")!,
    customerId: "acme",
    customerName: "Acme, Inc.",
    customerEmail: null,
    employeeSize: 20,
  });
  createAccount(world, made, { method: "credential", products: ["payment"] });
  settle(world, made.id);
  const entity = made.entities[0]!;
  const connection = () => world.store.connections.get(made.id)!;
  const edits = payrollEdits(world, connection(), entity);
  const published = payrollOf(world, connection(), entity, "published");
  const [payment, other] = published.payments("2026-06-01", "2026-12-31");
  const [person = ""] = published.payGroups()[0]!.individual_ids;
  edits.editPayment(payment!.id, { pay_date: null });
  edits.addPayment({ pay_date: "2026-09-11" });
  writePerson(world, made, person, {
    income: { unit: "yearly", amount: 1_200_000, currency: "usd", effective_date: null },
  });
  startJob(world, made.id, { type: "data_sync_all", origin: "sandbox", outcome: "complete", delayMs: 0 });
  settle(world, made.id);
  edits.deletePayment(other!.id);
  const all = ["2020-01-01", "2030-01-01"] as const;
  const seen = payrollOf(world, connection(), entity, "published").payments(...all);
  const working = payrollOf(world, connection(), entity, "working").payments(...all);
  first.close();

  const again = open("2026-09-10T12:00:00Z");
  const kept = again.world.store.connections.get(made.id)!;
  expect(payrollOf(again.world, kept, entity, "published").payments(...all)).toEqual(seen);
  expect(payrollOf(again.world, kept, entity, "working").payments(...all)).toEqual(working);
  expect(working.length).toBe(seen.length - 1);
  const next = seen.find((row) => row.pay_date! > "2026-09-10" && row.individual_ids?.includes(person));
  expect(next).toBeDefined();
  again.close();
});
