import path from "node:path";
import type { JSONValue, Sql } from "postgres";
import type { RawAnswer } from "./ask-pay";
import { note, type Facts } from "./facts";
import type { Opening, OwnType } from "./own-words";
import type { Question } from "./questions";

/**
 * The recompute: Finch's answers in tables of their own, added up by plain SQL. Nothing here knows how the product
 * reads, keeps or sums pay.
 */

const file = (name: string) => path.join(import.meta.dirname, name);

interface FactRow {
  person?: string | null;
  place?: string;
  currency: string;
  figure: string;
  value: string;
}

export class Scratch {
  private constructor(readonly sql: Sql) {}

  static async open(sql: Sql): Promise<Scratch> {
    const scratch = new Scratch(sql);
    await scratch.forget();
    return scratch;
  }

  async forget(): Promise<void> {
    await this.sql.file(file("scratch.sql"));
  }

  /** Takes in what Finch answers now about a connection, instead of what it answered before. */
  async load(connection: string, answers: readonly RawAnswer[]): Promise<void> {
    await this.sql`delete from ytd_proof.answers where connection = ${connection}`;
    for (const { entity, what, body } of answers)
      await this
        .sql`insert into ytd_proof.answers values (${connection}, ${entity}, ${what}, ${body}::text::jsonb)`;
    await this.sql`truncate ytd_proof.loading`;
    await this.sql`insert into ytd_proof.loading values (${connection})`;
    await this.sql.file(file("unpack.sql"));
    await this.sql.file(file("types.sql"));
  }

  /** Lets lines of a connection count as something else from now on. */
  async classify(type: OwnType): Promise<void> {
    await this
      .sql`insert into ytd_proof.types values (${type.connection}, ${type.category}, ${type.name}, ${type.finchType},
      ${type.mappedType}, ${type.mappedPreTax}, ${type.from}, ${type.to})`;
    await this.sql`truncate ytd_proof.loading`;
    await this.sql`insert into ytd_proof.loading values (${type.connection})`;
    await this.sql.file(file("types.sql"));
  }

  async open(opening: Opening): Promise<void> {
    const { connection, entity, person, year, category, employer, currency, cents, throughDate } = opening;
    await this
      .sql`insert into ytd_proof.openings values (${connection}, ${entity}, ${person}, ${year}, ${category}, ${employer},
      ${currency}, ${cents}, ${throughDate})`;
  }

  async link(one: string, two: string): Promise<void> {
    await this.sql`insert into ytd_proof.links values (${one}, ${two}) on conflict do nothing`;
  }

  private async ask(name: string, ...args: unknown[]): Promise<FactRow[]> {
    return this.sql.file<FactRow[]>(
      file(name),
      args.map((arg) => this.sql.json(arg as JSONValue)),
    );
  }

  /** What a page of wages has to say, all of its pages together. */
  async wages(question: Question & { now: string; zone: string }): Promise<Facts> {
    await this.sql`truncate ytd_proof.days, ytd_proof.who, ytd_proof.counted`;
    await this.ask("days.sql", question);
    await this.ask("who.sql");
    await this.ask("counted.sql");
    await this.sql`analyze ytd_proof.counted`;
    const facts: Facts = new Map();
    for (const name of ["wages.sql", "openings.sql", "box1.sql", "around.sql"])
      for (const { person, place, currency, figure, value } of await this.ask(name))
        note(facts, place ?? person ?? "total", currency, figure, value);
    return facts;
  }

  async payments(question: { connections: string[]; year: number; today: string }): Promise<Facts> {
    const facts: Facts = new Map();
    for (const { place = "", currency, figure, value } of await this.ask("payments.sql", question))
      note(facts, place, currency, figure, value);
    return facts;
  }

  async checks(question: { connection: string; entity: string; payment: string }): Promise<Facts> {
    const facts: Facts = new Map();
    for (const { currency, figure, value } of await this.ask("checks.sql", question))
      note(facts, "check", currency, figure, value);
    return facts;
  }
}
