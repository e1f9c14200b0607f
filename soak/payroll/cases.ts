import { payrollEdits, payrollOf } from "@/sandbox/payroll";
import { Employer, type Stage } from "../mirror/stage";
import type { Random } from "../random";
import { sumOf, syncToTheEnd } from "./companies";
import { Proof, type Verdict } from "./proof";
import type { Scratch } from "./scratch";

/** The cases of DOMAIN §7 that are about pay and people, as the sandbox's seed `cases` plants them. */

interface Case {
  number: number;
  title: string;
  connection_id: string;
  payment_id?: string;
  individual_id?: string;
  trigger?: string;
}

export interface CaseVerdict {
  number: number;
  title: string;
  /** Empty where the recompute and the pages agree, with the case among what both counted. */
  differences: string[];
}

/** Case 7 comes with a webhook. */
export const caseNumbers = Array.from({ length: 39 }, (_, index) => index + 1).filter(
  (number) => number !== 7,
);
/** A company of 7,500 people. */
const large = [28, 29];
const events = [2, 26, 27, 28, 29, 30];

interface Place {
  employer: Employer;
  proof: Proof;
  isLarge: boolean;
}

export class Cases {
  private readonly places = new Map<string, Place>();
  private readonly verdicts: Verdict[] = [];

  private constructor(
    private readonly stage: Stage,
    private readonly scratch: Scratch,
    private readonly random: Random,
    private readonly rows: readonly Case[],
  ) {}

  /** Plants the cases; those that are asked for are mirrored by one employer, the large company by another. */
  static async plant(
    stage: Stage,
    scratch: Scratch,
    random: Random,
    numbers: readonly number[],
  ): Promise<Cases> {
    await scratch.forget();
    await stage.finch("POST", "/_sandbox/reset", { seed: "cases" });
    const all = await stage.finch<Case[]>("GET", "/_sandbox/cases");
    const rows = all.filter(({ number }) => numbers.includes(number));
    const cases = new Cases(stage, scratch, random, rows);
    for (const row of rows) await cases.mirror(row);
    return cases;
  }

  private async mirror({ connection_id, number }: Case): Promise<void> {
    if (this.places.has(connection_id)) return;
    const isLarge = large.includes(number);
    if (isLarge) this.leaveOnlyCases(connection_id);
    const token = `/_sandbox/connections/${connection_id}/tokens`;
    const made = await this.stage.finch<{ access_token: string; products: string[]; provider_id: string }>(
      "POST",
      token,
      {},
    );
    const [first] = [...this.places.values()].filter((place) => !place.isLarge);
    const customerId = isLarge ? undefined : first?.employer.customerId;
    const employer = await Employer.connect(this.stage, { ...made, connection_id }, customerId);
    await syncToTheEnd(this.stage, employer, "first");
    // Nothing looks after the tables of a young database by itself.
    await this.stage.sql`analyze`;
    const proof = new Proof(this.stage, this.scratch, [employer], this.random);
    await proof.ask();
    this.places.set(connection_id, { employer, proof, isLarge });
  }

  /** The large company has runs that no case is about, of 7,500 slips each. */
  private leaveOnlyCases(connectionId: string): void {
    const { world } = this.stage.sandbox.sandbox;
    const connection = world.store.connections.get(connectionId);
    const entity = connection?.entities[0];
    if (!connection || !entity) throw new Error("The seed has no such company");
    const wanted = this.rows.map(({ payment_id }) => payment_id);
    const edits = payrollEdits(world, connection, entity);
    for (const { id } of payrollOf(world, connection, entity, "working").payments("2000-01-01", "2100-01-01"))
      if (!wanted.includes(id)) edits.deletePayment(id);
  }

  /** Every case against its own connection, then all together, then those in which something happens. */
  async prove(): Promise<{ cases: CaseVerdict[]; all: Verdict }> {
    const found = new Map<string, string[]>();
    for (const [id, { proof, isLarge }] of this.places)
      found.set(id, await this.compare(proof, isLarge ? null : 1));
    await this.proveTogether();
    for (const [id, { proof, isLarge }] of this.places) {
      if (isLarge) continue;
      await proof.speak();
      found.get(id)?.push(...(await this.compare(proof, 1)));
    }
    const cases: CaseVerdict[] = [];
    for (const row of this.rows)
      cases.push({
        number: row.number,
        title: row.title,
        differences: [...(await this.missing(row)), ...(found.get(row.connection_id) ?? [])],
      });
    for (const row of this.rows.filter(({ number }) => events.includes(number)))
      cases.find(({ number }) => number === row.number)?.differences.push(...(await this.happen(row)));
    return { cases, all: sumOf(this.verdicts) };
  }

  private async compare(proof: Proof, more: number | null): Promise<string[]> {
    const verdict = await proof.compare(more);
    this.verdicts.push(verdict);
    return verdict.differences;
  }

  /** What a case is about has to be among what was counted. */
  private async missing({ connection_id, payment_id, individual_id }: Case): Promise<string[]> {
    const connection = this.places.get(connection_id)?.employer.connectionId ?? "";
    const [row] = await this.scratch.sql<{ slips: number; people: number }[]>`
      select (select count(*)::int from ytd_proof.slips where connection = ${connection} and payment = ${payment_id ?? ""}
          and person = coalesce(${individual_id ?? null}, person)) as slips,
        (select count(*)::int from ytd_proof.people where connection = ${connection} and person = ${individual_id ?? ""}) as people`;
    return [
      ...(payment_id !== undefined && !row?.slips ? [`payment ${payment_id} has no statement`] : []),
      ...(individual_id !== undefined && !row?.people ? [`${individual_id} is not there`] : []),
    ];
  }

  /** One person in two connections, under two EINs, or under a new id: linked as an administrator would. */
  private async proveTogether(): Promise<void> {
    const employers = [...this.places.values()]
      .filter(({ isLarge }) => !isLarge)
      .map((each) => each.employer);
    const proof = new Proof(this.stage, this.scratch, employers, this.random);
    await proof.learn();
    const twins = this.rows.filter(({ number }) => [32, 34, 37].includes(number));
    const pairs = await this.scratch.sql<{ one: string; two: string }[]>`
      select least(a.record, b.record) as one, greatest(a.record, b.record) as two
      from (select *, connection || ' ' || entity || ' ' || person as record from ytd_proof.people) a
      join (select *, connection || ' ' || entity || ' ' || person as record from ytd_proof.people) b
        on b.first_name = a.first_name and b.last_name = a.last_name and b.record <> a.record
      where a.person = any(${twins.map(({ individual_id }) => individual_id ?? "")})
        and b.connection = any(${employers.map(({ connectionId }) => connectionId)})`;
    for (const { one, two } of pairs) await proof.link(one, two);
    await this.compare(proof, 4);
  }

  private async happen({ connection_id, number }: Case): Promise<string[]> {
    const place = this.places.get(connection_id);
    if (!place) return [`case ${number} was not mirrored`];
    await this.stage.finch("POST", `/_sandbox/cases/${number}/trigger`, {});
    await this.stage.finch("POST", "/_sandbox/jobs/complete", {});
    await place.employer.letMonthPass();
    await syncToTheEnd(this.stage, place.employer, "scheduled");
    await place.proof.ask();
    return this.compare(place.proof, place.isLarge ? null : 1);
  }
}
