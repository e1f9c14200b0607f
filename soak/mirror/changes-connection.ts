import { createAccount, issueToken, setAccountStatus } from "@/sandbox/connections";
import { standingAccounts } from "@/sandbox/accounts";
import { everyProduct } from "@/sandbox/routes/sandbox-connections";
import type { Ground } from "./ground";

/** Things that happen to deductions, documents, Finch jobs, the login and the sandbox itself. */

interface Benefit {
  benefit_id: string;
  type: string | null;
}

export async function changeBenefits(ground: Ground): Promise<void> {
  const entity = ground.entity();
  const query = `?entity_ids=${entity.id}`;
  const list = await ground.ask<Benefit[]>("GET", `/employer/benefits${query}`);
  if (list.length === 0 || ground.chance(0.3)) {
    const type = ground.pick(["401k", "hsa_pre", "s125_medical", "commuter"]);
    const body = { type, description: `Plan ${ground.number(1, 20)}`, frequency: "every_paycheck" };
    await ground.ask("POST", `/employer/benefits${query}`, body);
    return ground.tell(`a ${type} is created`);
  }
  const { benefit_id: id } = ground.pick(list);
  const people = ground.people(entity).map((person) => person.id);
  const path = `/employer/benefits/${id}/individuals${query}`;
  if (ground.chance(0.2)) {
    const description = `Plan ${ground.number(1, 20)}`;
    await ground.ask("POST", `/employer/benefits/${id}${query}`, { description });
    return ground.tell(`${id} is renamed`);
  }
  if (ground.chance(0.3)) {
    const enrolled = await ground.ask<{ individual_id: string }[]>("GET", path);
    // Enrollments that all vanish at once are held, not believed.
    if (enrolled.length < 2) return;
    const individual_ids = [ground.pick(enrolled).individual_id];
    await ground.ask("DELETE", path, { individual_ids });
    return ground.tell(`${individual_ids.join()} leaves ${id}`);
  }
  const individuals = [ground.pick(people), ground.pick(people)].map((individual_id) => ({
    individual_id,
    configuration: {
      employee_deduction: ground.pick([
        { type: "fixed", amount: ground.number(0, 50_000) },
        { type: "percent", amount: ground.number(1, 10_000) },
      ]),
      ...(ground.chance(0.3)
        ? { annual_maximum: ground.number(0, 900_000), catch_up: ground.chance(0.5) }
        : {}),
    },
  }));
  await ground.ask("POST", path, individuals);
  ground.tell(`two are enrolled in ${id}`);
}

export async function fetchForms(ground: Ground): Promise<void> {
  const people = ground.people(ground.entity());
  if (people.length === 0) return;
  const individual_id = ground.pick(people).id;
  const body = { type: "w4_form_employee_sync", params: { individual_id } };
  await ground.ask("POST", "/jobs/automated", body);
  ground.tell(`the W-4 of ${individual_id} is fetched`);
}

/** Finch fetches what the provider has by now; some of its tries fail. */
export async function letFinchSync(ground: Ground): Promise<void> {
  const outcome = ground.chance(0.15) ? "error" : "complete";
  const { connections } = ground.world.store;
  connections.set(ground.connection.id, { ...ground.connection, jobOutcome: outcome });
  const path = `/connections/${ground.employer.finchConnectionId}/events`;
  await ground.control("POST", path, { event: "sync" });
  ground.tell(`Finch syncs: ${outcome}`);
}

export async function moveClock(ground: Ground): Promise<void> {
  const ahead = ground.world.clock.now() - Date.now();
  // Runs beyond the days that the mirror looks ahead are no part of it.
  const most = Math.floor((10 * dayMs - ahead) / dayMs);
  if (most < 1) return;
  const days = ground.number(1, Math.min(most, 40));
  await ground.control("PUT", "/clock", { advance_ms: days * dayMs - ground.number(0, 5 * 3_600_000) });
  ground.tell(`${days} days pass`);
}

const dayMs = 86_400_000;

export function breakLogin(ground: Ground): void {
  const status = ground.pick([
    "reauth",
    "error_permissions",
    "error_no_account_setup",
    "processing",
  ] as const);
  for (const account of standingAccounts(ground.world, ground.connection.id))
    setAccountStatus(ground.world, account, status);
  ground.tell(`the login is ${status}`);
}

export function mendLogin(ground: Ground): void {
  for (const account of standingAccounts(ground.world, ground.connection.id))
    setAccountStatus(ground.world, account, "connected");
  ground.tell("the login works");
}

/** Another login in place of the one before, with all products or without some; the product gets its token. */
export async function reconnect(ground: Ground, all = false): Promise<void> {
  const current = standingAccounts(ground.world, ground.connection.id)[0];
  if (!current) return;
  const droppable = ["ssn", "individual", "employment", "pay_statement", "benefits", "documents", "payment"];
  const dropped = all || ground.chance(0.4) ? [] : [ground.pick(droppable), ground.pick(droppable)];
  const products = [...everyProduct, "ssn"].filter((product) => !dropped.includes(product));
  const login = { method: current.authenticationType, products, replaces: true };
  const account = createAccount(ground.world, ground.connection, login);
  setAccountStatus(ground.world, account, "connected");
  await ground.employer.useToken(issueToken(ground.world, account).value);
  await ground.employer.enqueue("reconnected");
  ground.tell(`it reconnects without ${dropped.join(" and ") || "losing anything"}`);
}

export async function endEntity(ground: Ground): Promise<void> {
  if (ground.entities.length < 2) return;
  const { id } = ground.entity();
  await ground.ask("POST", "/disconnect-entity", { entity_ids: [id] });
  ground.tell(`entity ${id} ends`);
}

/** Another employer under the same login. Its data is there with the next sync of Finch. */
export function addEntity(ground: Ground): void {
  const { connection } = ground;
  if (connection.entities.length < 2 || connection.entities.length > 3) return;
  const id = crypto.randomUUID();
  const entity = { id, name: "Acme North", sourceId: "1009", size: ground.number(1, 4) };
  ground.world.store.connections.set(connection.id, {
    ...connection,
    entities: [...connection.entities, entity],
  });
  ground.tell(`entity ${id} is added`);
}
