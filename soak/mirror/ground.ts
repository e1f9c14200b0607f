import { standingAccounts } from "@/sandbox/accounts";
import { issueToken } from "@/sandbox/connections";
import { payrollEdits, payrollOf, type Payment, type PayrollEdits } from "@/sandbox/payroll";
import { People } from "@/sandbox/people";
import type { Connection, Entity } from "@/sandbox/records";
import type { Person } from "@/sandbox/seed/types";
import { pick, type Random } from "../random";
import type { Employer, Stage } from "./stage";

/** What a random history works with: the employer's place in the sandbox, and chance. */
export class Ground {
  /** What happened, in words, for whoever has to find out why the mirror differs. */
  readonly story: string[] = [];

  constructor(
    readonly stage: Stage,
    readonly employer: Employer,
    readonly random: Random,
  ) {}

  tell(text: string): void {
    this.story.push(text);
  }

  /** From `least` to `most`, both included. */
  number(least: number, most: number): number {
    return least + Math.floor(this.random() * (most - least + 1));
  }

  chance(share: number): boolean {
    return this.random() < share;
  }

  pick<T>(list: readonly T[]): T {
    return pick(this.random, list);
  }

  get world() {
    return this.stage.sandbox.sandbox.world;
  }

  get connection(): Connection {
    const found = this.world.store.connections.get(this.employer.finchConnectionId);
    if (!found) throw new Error("The sandbox has no such connection");
    return found;
  }

  get entities(): Entity[] {
    return this.connection.entities.filter(({ status }) => status !== "disconnected");
  }

  entity(): Entity {
    return this.pick(this.entities);
  }

  edits(entity: Entity): PayrollEdits {
    return payrollEdits(this.world, this.connection, entity);
  }

  /** Everybody of an entity as the provider has them now, seen by Finch or not. */
  people(entity: Entity): Person[] {
    return new People(this.world, this.connection, entity, "working").page(0, 10_000);
  }

  payments(entity: Entity): Payment[] {
    return payrollOf(this.world, this.connection, entity, "working").payments("2000-01-01", "2100-01-01");
  }

  /** A payment and somebody who is on it; null where there is none. */
  slip(entity: Entity): { payment: Payment; individualId: string } | null {
    const paid = this.payments(entity).filter(({ individual_ids: ids }) => (ids ?? []).length > 0);
    if (paid.length === 0) return null;
    const payment = this.pick(paid);
    return { payment, individualId: this.pick(payment.individual_ids ?? []) };
  }

  /** A day near a place that matters: around now, around New Year, or anywhere in two years. */
  day(): string {
    const now = Date.now();
    const year = new Date(now).getUTCFullYear();
    const newYear = Date.UTC(this.pick([year, year, year - 1, year + 1]), 0, 1);
    const middle = this.pick([now, newYear, now - 90 * dayMs, now - 365 * dayMs]);
    return new Date(middle + this.number(-12, 12) * dayMs).toISOString().slice(0, 10);
  }

  /** With a token of its own, so that what was ordered for the product's requests does not meet it. */
  ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    return this.stage.finch<T>(method, path, body, this.ownToken());
  }

  private ownToken(): string {
    const account = standingAccounts(this.world, this.connection.id)[0];
    if (!account) throw new Error("The connection has no login");
    return issueToken(this.world, account).value;
  }

  control<T>(method: string, path: string, body?: unknown): Promise<T> {
    return this.stage.finch<T>(method, `/_sandbox${path}`, body);
  }
}

const dayMs = 86_400_000;
