import { findDifferences, sayDifferences, type CheckedConnection } from "./checker";
import {
  addEntity,
  breakLogin,
  changeBenefits,
  endEntity,
  fetchForms,
  letFinchSync,
  mendLogin,
  moveClock,
  reconnect,
} from "./changes-connection";
import {
  addPayment,
  addSlip,
  changeRules,
  deletePayment,
  editPayment,
  editSlip,
  holdSlips,
  movePayDate,
  moveSlip,
  removeSlips,
} from "./changes-pay";
import {
  changeCompany,
  changePerson,
  hire,
  letEventHappen,
  removeFromDirectory,
  returnToDirectory,
} from "./changes-people";
import { askForSync, orderFault, restartWorker, stealJob } from "./disturbances";
import { Ground } from "./ground";
import { pageSizes } from "@/lib/domain/sync/page-sizes";
import { pick, randomOf, type Random } from "../random";
import { FinchError } from "@/sandbox/errors";
import { Employer, SandboxRefusal, type Stage } from "./stage";

/**
 * A random history of an employer, its provider, Finch and Perch, and whether the mirror is what Finch gives once all
 * has come to rest. A seed names it.
 */

type Act = (ground: Ground) => Promise<void> | void;

const [often, usual, rare] = [6, 3, 1];

/** What may happen at any moment, in the middle of a request too. */
const changes: readonly [number, Act][] = [
  [often, editSlip],
  [often, changePerson],
  [usual, letEventHappen],
  [usual, movePayDate],
  [usual, addPayment],
  [usual, addSlip],
  [usual, removeSlips],
  [usual, moveSlip],
  [usual, deletePayment],
  [usual, editPayment],
  [usual, hire],
  [usual, removeFromDirectory],
  [usual, returnToDirectory],
  [usual, changeBenefits],
  [usual, letFinchSync],
  [rare, changeCompany],
  [rare, changeRules],
  [rare, fetchForms],
  [rare, moveClock],
  [rare, endEntity],
  [rare, addEntity],
];

const disturbances: readonly [number, Act][] = [
  [often, orderFault],
  [usual, holdSlips],
  [rare, breakLogin],
  [rare, mendLogin],
  [rare, reconnect],
];

const between: readonly [number, Act][] = [
  ...changes,
  ...disturbances,
  [often * 2, askForSync],
  [rare, restartWorker],
];

/** During a request of the product: the same, and somebody else who takes the job. */
const within: readonly [number, Act][] = [...changes, ...disturbances, [often, stealJob]];

function choose(ground: Ground, acts: readonly [number, Act][]): Act {
  const all = acts.reduce((sum, [weight]) => sum + weight, 0);
  let left = ground.random() * all;
  for (const [weight, act] of acts) {
    left -= weight;
    if (left < 0) return act;
  }
  return () => undefined;
}

/** One of some acts. What the provider or Finch does not do does not happen: nobody fits, or the login is broken. */
async function letOneHappen(ground: Ground, acts: readonly [number, Act][]): Promise<void> {
  const act = choose(ground, acts);
  try {
    await act(ground);
  } catch (error) {
    if (!(error instanceof SandboxRefusal || error instanceof FinchError)) throw error;
    ground.tell(`${act.name} is refused`);
  }
}

const products = [
  "company",
  "directory",
  "individual",
  "employment",
  "ssn",
  "payment",
  "pay_statement",
  "benefits",
  "documents",
];
const dayMs = 86_400_000;

/** Of each profile: all fields, few fields, no payroll, a short history, encrypted SSNs, deductions by hand, W-4 forms. */
const providers = [
  ...["quickbooks", "quickbooks", "justworks", "adp_run", "gusto"],
  ...["adp_workforce_now", "paychex_flex", "sequoia_one", "personio"],
];

interface Made {
  connection_id: string;
  access_token: string;
  products: string[];
  provider_id: string;
}

/** An employer of a random kind: automated or assisted, of one entity or several, with much payroll or little. */
export async function connectEmployer(stage: Stage, random: Random, most = 10): Promise<Ground> {
  const start = stage.sandbox.sandbox.world.clock.now();
  const kind = random();
  const provider = pick(random, providers);
  const people = 2 + Math.floor(random() * most);
  const assisted = kind < 0.12;
  const entities = [
    { name: "Acme East", people },
    { name: "Acme West", people: 1 + Math.floor(random() * 5) },
  ];
  const made = await stage.finch<Made>("POST", "/_sandbox/companies", {
    provider_id: assisted ? "onpay" : provider,
    people,
    products,
    ...(assisted ? { authentication_type: "assisted" } : {}),
    ...(kind > 0.7 ? { entities } : {}),
    ...(random() < 0.5 ? { payments: 1 + Math.floor(random() * 12) } : {}),
    start_date: new Date(start - (30 + Math.floor(random() * 330)) * dayMs).toISOString().slice(0, 10),
  });
  const ground = new Ground(stage, await Employer.connect(stage, made), random);
  if (assisted) mendLogin(ground);
  return ground;
}

/** Few people fill many pages, whose borders then shift under the reading. */
function askForLittle(random: Random): void {
  const size = () => 1 + Math.floor(random() * 6);
  Object.assign(pageSizes, { directory: size(), people: size(), statements: size() });
}

async function settle(stage: Stage, seed: number): Promise<Ground> {
  const random = randomOf(seed);
  askForLittle(random);
  await stage.finch("POST", "/_sandbox/reset", { seed: `history-${seed}` });
  const start = Date.now() - Math.floor(random() * 100) * dayMs;
  await stage.finch("PUT", "/_sandbox/clock", { now: new Date(start).toISOString() });
  return connectEmployer(stage, random);
}

/** Of what happens, all that other employers of the same sandbox hear nothing of: the clock is everybody's. */
const ofOneEmployer = changes.filter(([, act]) => act !== moveClock);

/** Something happens at the employer or its provider, and at no other. */
export const letSomethingHappen = (ground: Ground): Promise<void> => letOneHappen(ground, ofOneEmployer);

/** Finch shows what the provider has by now. */
export async function showAll(ground: Ground): Promise<void> {
  const { connections } = ground.world.store;
  connections.set(ground.connection.id, { ...ground.connection, jobOutcome: "complete" });
  const path = `/connections/${ground.employer.finchConnectionId}/events`;
  await ground.control("POST", path, { event: "sync" });
  await ground.control("POST", "/jobs/complete");
}

/**
 * What was answered with 501 once is asked for again when Finch says something else of the provider: that it has one
 * product more, in this case.
 */
async function offerAll({ stage, connection }: Ground): Promise<void> {
  await stage.sql`
    insert into providers (id, display_name, products, fetched_at) values (${connection.providerId}, 'Provider', '{proof}', now())
    on conflict (id) do update set products = providers.products || '{proof}'`;
}

/** Acts in the middle of some of the product's requests. */
function meddle(ground: Ground): void {
  const requestsUntil = () => ground.number(1, 18);
  let left = requestsUntil();
  ground.stage.watch(async () => {
    left -= 1;
    if (left > 0) return;
    left = requestsUntil();
    ground.tell("within a request:");
    await letOneHappen(ground, within);
  });
}

/** Everything that is under way ends, and Finch shows what the provider has. */
async function comeToRest(ground: Ground): Promise<void> {
  const { stage, employer } = ground;
  stage.watch(null);
  await ground.control("DELETE", "/faults");
  for (const { paymentId } of ground.world.store.statementHolds.group(ground.connection.id))
    ground.world.store.statementHolds.delete(paymentId);
  mendLogin(ground);
  await stage.rest(employer.connectionId);
  await ground.control("PUT", "/clock", { frozen: true });
  await showAll(ground);
}

export interface HistoryResult {
  seed: number;
  /** Empty where the mirror is equal. */
  differences: string;
  /** What happened, one line each. */
  story: string[];
}

/** Plays the history of a seed and compares. The stage's worker runs. */
export async function playHistory(stage: Stage, seed: number, steps = 14): Promise<HistoryResult> {
  const ground = await settle(stage, seed);
  const { story } = ground;
  try {
    return { seed, differences: await live(ground, steps), story };
  } catch (error) {
    return { seed, differences: `It broke: ${(error as Error).stack ?? String(error)}`, story };
  } finally {
    // Standing syncs of this employer would go on beside the next history.
    await stage.sql`update connections set disconnected_at = now() where id = ${ground.employer.connectionId}`;
  }
}

async function live(ground: Ground, steps: number): Promise<string> {
  const { stage, employer } = ground;
  await employer.enqueue("first");
  if (ground.chance(0.6)) await stage.isAtRest(employer.connectionId);
  meddle(ground);
  for (let step = 0; step < steps; step++) await letOneHappen(ground, between);
  await comeToRest(ground);
  await employer.letMonthPass();
  await offerAll(ground);
  await employer.sync("scheduled");
  return sayDifferences(await findDifferences(placeOf(ground)));
}

export const placeOf = ({ stage, employer }: Ground): CheckedConnection => ({
  sql: stage.sql,
  url: stage.sandbox.url,
  token: employer.token,
  customerId: employer.customerId,
  connectionId: employer.connectionId,
});
