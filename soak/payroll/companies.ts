import type { SyncReason } from "@/lib/domain/sync/enqueue-sync";
import { FinchError } from "@/sandbox/errors";
import {
  addPayment,
  addSlip,
  deletePayment,
  editPayment,
  editSlip,
  movePayDate,
  moveSlip,
  removeSlips,
} from "../mirror/changes-pay";
import { hire, removeFromDirectory } from "../mirror/changes-people";
import { Ground } from "../mirror/ground";
import { showAll } from "../mirror/history";
import { Employer, SandboxRefusal, type Stage } from "../mirror/stage";
import { chance, pick, type Random } from "../random";
import { Proof, type Verdict } from "./proof";
import type { Scratch } from "./scratch";

/** Employers of a random kind whose payroll is odd in random ways. A seed names one. */

type Act = (ground: Ground) => Promise<void> | void;

/** A list that becomes empty is held and not believed (DOMAIN 1.3), and the days that Finch gives have a beginning. */
const moveOneOfMany: Act = (ground) => {
  const few = ground.entities.some((entity) => ground.payments(entity).length < 4);
  if (!few) movePayDate(ground);
};

const acts: readonly Act[] = [
  ...[editSlip, editSlip, editSlip, editSlip, addSlip, removeSlips, moveSlip],
  ...[moveOneOfMany, moveOneOfMany, editPayment, deletePayment, addPayment, addPayment],
  ...[hire, removeFromDirectory],
];

const products = ["company", "directory", "employment", "payment", "pay_statement"];
/** All fields, few of them, and short histories. */
const providers = ["gusto", "quickbooks", "adp_run", "adp_workforce_now", "paychex_flex"];
const sizes = [1, 3, 6, 12, 30, 65] as const;
const dayMs = 86_400_000;

interface Made {
  connection_id: string;
  access_token: string;
  products: string[];
  provider_id: string;
}

async function connect(stage: Stage, random: Random, customerId?: string): Promise<Ground> {
  const people = pick(random, sizes);
  const entities = [
    { name: "Acme East", people },
    { name: "Acme West", people: pick(random, [1, 4]) },
  ];
  const started = stage.sandbox.sandbox.world.clock.now() - Math.floor(random() * 900) * dayMs;
  const made = await stage.finch<Made>("POST", "/_sandbox/companies", {
    provider_id: pick(random, providers),
    people,
    products,
    payments: 1 + Math.floor(random() * (people > 20 ? 4 : 14)),
    ...(chance(random, 0.3) ? { entities } : {}),
    ...(chance(random, 0.7) ? { start_date: new Date(started).toISOString().slice(0, 10) } : {}),
  });
  return new Ground(stage, await Employer.connect(stage, made, customerId), random);
}

/** What somebody did who is not asked whether it can be done. */
async function meddle(ground: Ground, times: number): Promise<void> {
  for (let n = 0; n < times; n++)
    try {
      await pick(ground.random, acts)(ground);
    } catch (error) {
      if (!(error instanceof FinchError || error instanceof SandboxRefusal)) throw error;
    }
  await showAll(ground);
}

/** Some records of an employer are one person, others are not. */
async function linkSome(proof: Proof, scratch: Scratch, random: Random): Promise<void> {
  const records = await scratch.sql<{ record: string }[]>`
    select connection || ' ' || entity || ' ' || person as record from ytd_proof.people order by person limit 40`;
  for (let n = 0; n < 4; n++) {
    const [one, two] = [pick(random, records), pick(random, records)];
    if (one.record !== two.record) await proof.link(...inOrder(one.record, two.record));
  }
}

const inOrder = (a: string, b: string): [string, string] => (a < b ? [a, b] : [b, a]);

export interface MadeCompany {
  proof: Proof;
  grounds: Ground[];
}

/** An employer with one connection or two, synced, with what Finch answers about it beside. */
export async function makeCompany(stage: Stage, scratch: Scratch, random: Random): Promise<MadeCompany> {
  await scratch.forget();
  const first = await connect(stage, random);
  const grounds = [first];
  if (chance(random, 0.35)) grounds.push(await connect(stage, random, first.employer.customerId));
  for (const ground of grounds) {
    await meddle(ground, ground.number(0, 25));
    await syncToTheEnd(stage, ground.employer, "first");
  }
  const employers = grounds.map(({ employer }) => employer);
  const proof = new Proof(stage, scratch, employers, random);
  await proof.settle();
  await proof.ask();
  if (chance(random, 0.5)) await linkSome(proof, scratch, random);
  return { proof, grounds };
}

export interface CompanyVerdict extends Verdict {
  /** What happened to the company before, one line each. */
  story: string[];
}

/** Compares a company; in some of them things change then, and it is synced and compared again. */
export async function provesCompany(stage: Stage, scratch: Scratch, random: Random): Promise<CompanyVerdict> {
  const { proof, grounds } = await makeCompany(stage, scratch, random);
  const verdicts = [await proof.compare(6)];
  if (chance(random, 0.6)) {
    await proof.speak();
    verdicts.push(await proof.compare(4));
  }
  if (chance(random, 0.5)) {
    for (const ground of grounds) {
      await meddle(ground, ground.number(3, 12));
      await ground.employer.letMonthPass();
      await syncToTheEnd(stage, ground.employer, "scheduled");
    }
    await proof.ask();
    verdicts.push(await proof.compare(3));
  }
  return { ...sumOf(verdicts), story: grounds.flatMap(({ story }) => story) };
}

const patienceMs = 900_000;

/** However long a busy machine takes. @throws where the run does not end */
export async function syncToTheEnd(stage: Stage, employer: Employer, reason: SyncReason): Promise<void> {
  await employer.enqueue(reason);
  if (!(await stage.isAtRest(employer.connectionId, patienceMs)))
    throw new Error(`A sync did not end: ${await stage.whyOpen(employer.connectionId)}`);
}

export function sumOf(verdicts: readonly Verdict[]): Verdict {
  const sum = (of: (verdict: Verdict) => number) => verdicts.reduce((all, each) => all + of(each), 0);
  return {
    questions: sum(({ questions }) => questions),
    figures: sum(({ figures }) => figures),
    drills: sum(({ drills }) => drills),
    differences: verdicts.flatMap(({ differences }) => differences),
  };
}
