import type { World } from "@/sandbox/call";
import type { Case } from "@/sandbox/cases/case";
import { cases } from "@/sandbox/cases/catalog";
import { caseSeed } from "@/sandbox/cases/load";
import { sync } from "@/sandbox/control/events";
import type { Mount } from "@/sandbox/control/mount";
import type { Desk } from "@/sandbox/dispatch";
import { invalidRequest, notFound } from "@/sandbox/errors";

const pathOf = (number: number) => `/_sandbox/cases/${number}/trigger`;

/** A case with its ids; without them until its seed is loaded. */
export function viewCase(world: World, { number, title, trigger }: Case) {
  const row = world.store.cases.get(String(number));
  return {
    number,
    title,
    seed: caseSeed,
    connection_id: row?.connectionId ?? null,
    ...(row?.individualId ? { individual_id: row.individualId } : {}),
    ...(row?.paymentId ? { payment_id: row.paymentId } : {}),
    ...(trigger ? { trigger: `POST ${pathOf(number)}` } : {}),
  };
}

/** Lets the event of a case happen, and syncs so that it shows. */
function triggerCase(desk: Desk, text: string) {
  const { world } = desk;
  const found = cases.find(({ number }) => String(number) === text);
  if (!found?.trigger) throw notFound(`Case ${text} has no trigger`);
  const row = world.store.cases.get(text);
  const connection = row && world.store.connections.get(row.connectionId);
  if (!row || !connection)
    throw invalidRequest(`Case ${text} is in the seed "${caseSeed}": reset to it first`);
  found.trigger({
    world,
    desk,
    place: {
      connection_id: row.connectionId,
      ...(row.individualId ? { individual_id: row.individualId } : {}),
      ...(row.paymentId ? { payment_id: row.paymentId } : {}),
    },
  });
  const current = world.store.connections.get(connection.id) ?? connection;
  return { ...viewCase(world, found), job_id: sync(world, current) };
}

/** The situations in which payroll software goes wrong, each ready to be read. */
export function mountCases({ app, desk, guarded }: Mount): void {
  app.get(
    "/_sandbox/cases",
    guarded(() => cases.map((row) => viewCase(desk.world, row))),
  );
  app.post(
    "/_sandbox/cases/:number/trigger",
    guarded((c) => triggerCase(desk, c.req.param("number") ?? "")),
  );
}
