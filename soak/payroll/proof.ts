import { pick, type Random } from "../random";
import type { Employer, Stage } from "../mirror/stage";
import { askPay } from "./ask-pay";
import { differencesOf } from "./facts";
import { someOpenings, someTypes } from "./own-words";
import { Pages } from "./pages";
import { questionsOf, type Known, type Question } from "./questions";
import type { Scratch } from "./scratch";

/** The recompute against the pages, for one employer with any number of connections. */

export interface Verdict {
  questions: number;
  /** Figures that were compared, and those that were drilled into. */
  figures: number;
  drills: number;
  differences: string[];
}

const aheadMs = 60 * 86_400_000;
const zones = ["America/New_York", "Pacific/Auckland", "Pacific/Honolulu", "UTC"];

export class Proof {
  private readonly pages: Pages;

  constructor(
    private readonly stage: Stage,
    private readonly scratch: Scratch,
    private readonly employers: readonly Employer[],
    private readonly random: Random,
  ) {
    this.pages = new Pages(stage.sql, employers[0]?.customerId ?? "");
  }

  /** Lets an employer be somewhere, where it may be another day. */
  async settle(): Promise<void> {
    const zone = pick(this.random, zones);
    await this.stage.sql`update customers set time_zone = ${zone} where id = ${this.pages.customerId}`;
  }

  /** Reads Finch's answers anew into the recompute's own tables. */
  async ask(): Promise<void> {
    const to = new Date(Date.now() + aheadMs).toISOString().slice(0, 10);
    for (const { connectionId, token } of this.employers) {
      const limit = pick(this.random, [7, 50, 1_000]);
      const door = { url: this.stage.sandbox.url, token, to, limit };
      await this.scratch.load(connectionId, await askPay(door));
    }
    await this.learn();
  }

  /** Learns who everybody of the mirror is at Finch. */
  learn(): Promise<void> {
    return this.pages.learnNames();
  }

  /** Says on both sides that two records are one person. Names are `<connection> <entity> <person>`. */
  async link(one: string, two: string): Promise<void> {
    await this.scratch.link(one, two);
    const idOf = async (name: string) => {
      const [connection = "", entity = "", person = ""] = name.split(" ");
      const [row] = await this.stage.sql<{ id: string }[]>`
        select id from individuals where connection_id = ${connection} and entity_id = ${entity} and finch_individual_id = ${person}`;
      return row?.id ?? person;
    };
    const [first = "", second = ""] = [await idOf(one), await idOf(two)].sort();
    await this.stage.sql`
      insert into individual_links (customer_id, individual_id, other_individual_id, state, evidence)
      values (${this.pages.customerId}, ${first}, ${second}, 'confirmed', '{ssn}') on conflict do nothing`;
  }

  /** Lets the employer say on both sides what some lines count as, and what some people were paid before. */
  async speak(): Promise<void> {
    const { connections, years } = await this.known();
    if (years.length === 0) return;
    const { customerId } = this.pages;
    const about = { connections, years };
    for (const own of await someTypes(this.scratch.sql, this.random, about)) {
      await this.scratch.classify(own);
      await this.stage.sql`
        insert into item_classifications (customer_id, id, connection_id, category, name, finch_type, mapped_type, mapped_pre_tax,
          effective_from, effective_to)
        values (${customerId}, gen_random_uuid(), ${own.connection}, ${own.category}, ${own.name}, ${own.finchType}, ${own.mappedType},
          ${own.mappedPreTax}, ${own.from}, ${own.to})`;
    }
    for (const opening of await someOpenings(this.scratch.sql, this.random, about)) {
      await this.scratch.open(opening);
      const { connection, entity, person, year, category, employer, currency, cents, throughDate } = opening;
      await this.stage.sql`
        insert into opening_balances (customer_id, id, connection_id, entity_id, individual_id, year, currency, category, employer,
          amount_cents, through_date)
        select ${customerId}, gen_random_uuid(), connection_id, entity_id, id, ${year}, ${currency}, ${category}, ${employer},
          ${cents}, ${throughDate} from individuals
        where connection_id = ${connection} and entity_id = ${entity} and finch_individual_id = ${person}`;
    }
  }

  private async known(): Promise<Known> {
    const connections = this.employers.map(({ connectionId }) => connectionId);
    const { sql } = this.scratch;
    const units = await sql<{ unit: string }[]>`
      select connection || '.' || entity as unit from ytd_proof.companies where connection = any(${connections}) order by 1`;
    const years = await sql<{ year: number }[]>`
      select distinct extract(year from pay_date)::int as year from ytd_proof.payments
      where connection = any(${connections}) and pay_date is not null order by 1`;
    const names = await sql<{ name: string | null }[]>`
      select distinct l.name from ytd_proof.lines l join ytd_proof.slips s on s.id = l.slip
      where s.connection = any(${connections}) and category = 'earning' order by 1`;
    const links = await sql`select from ytd_proof.links`;
    return {
      connections,
      units: units.map(({ unit }) => unit),
      years: years.map(({ year }) => year),
      earningNames: names.map(({ name }) => name),
      hasLinks: links.length > 0,
      thisYear: new Date().getUTCFullYear(),
    };
  }

  /** @param more questions beside those that are always asked; null asks for nothing but whole years */
  async compare(more: number | null): Promise<Verdict> {
    const known = await this.known();
    const verdict: Verdict = { questions: 0, figures: 0, drills: 0, differences: [] };
    const questions = questionsOf(known, this.random, more ?? 0);
    for (const question of more === null ? questions.slice(0, known.years.length) : questions)
      await this.answer(question, verdict);
    for (const year of known.years) await this.comparePayments(known.connections, year, verdict);
    await this.compareChecks(known.connections, verdict);
    return verdict;
  }

  private async answer(question: Question, verdict: Verdict): Promise<void> {
    const shown = await this.pages.wages(question);
    const { now, timeZone: zone } = shown.view;
    const expected = await this.scratch.wages({ ...question, now: now.toISOString(), zone });
    const wrong = differencesOf(expected, shown.facts);
    verdict.questions += 1;
    verdict.figures += expected.size;
    if (shown.rows.length > 0) {
      const row = pick(this.random, shown.rows);
      wrong.push(...(await this.pages.drills(question, row, this.random)));
      verdict.drills += 1;
    }
    const asked = JSON.stringify(question);
    verdict.differences.push(...wrong.slice(0, 12).map((each) => `${each}\n  asked ${asked}`));
  }

  private async comparePayments(connections: string[], year: number, verdict: Verdict): Promise<void> {
    const { today, facts } = await this.pages.payments({ connections, year });
    const expected = await this.scratch.payments({ connections, year, today });
    verdict.figures += expected.size;
    verdict.differences.push(...differencesOf(expected, facts).map((each) => `payments of ${year}: ${each}`));
  }

  private async compareChecks(connections: string[], verdict: Verdict): Promise<void> {
    const some = await this.scratch.sql<{ connection: string; entity: string; payment: string }[]>`
      select connection, entity, payment from ytd_proof.payments where connection = any(${connections})
      order by md5(payment) limit 5`;
    for (const place of some) {
      const [expected, found] = [await this.scratch.checks(place), await this.pages.checks(place)];
      verdict.figures += expected.size;
      verdict.differences.push(
        ...differencesOf(expected, found).map((each) => `payment ${place.payment}: ${each}`),
      );
    }
  }
}
