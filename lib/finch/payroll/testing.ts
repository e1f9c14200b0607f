import type Finch from "@tryfinch/finch-api";
import { beforeAll, expect } from "vitest";
import { bearerClient } from "@/sandbox/testing/harness";
import type { FinchToken } from "../caller";
import type { Outcome } from "../outcome";
import type { FinchWorld } from "../testing";
import { KeptStatements, useFinch } from "../testing";
import type { FinchMoney } from "../types";
import { streamPayments } from "./payments";
import { streamPayStatements } from "./statements";
import type { FinchPayLine, FinchPayment, FinchPayStatement } from "./types";

export const scope = { entityId: "" };
const everything = { ...scope, startDate: "2000-01-01", endDate: "2100-01-01" };

interface CaseRow {
  number: number;
  connection_id: string;
  individual_id?: string;
  payment_id?: string;
}

export function good<T>(outcome: Outcome<T>): T {
  if (outcome.kind !== "ok") throw new Error(`${outcome.kind}: ${outcome.message}`);
  return outcome.data;
}

/** The sandbox's cases of DOMAIN §7, read through lib/finch. */
export class CaseWorld {
  rows: CaseRow[] = [];
  private readonly tokens = new Map<string, FinchToken>();

  constructor(readonly world: FinchWorld) {}

  get caller() {
    return this.world.caller;
  }

  row(number: number): CaseRow {
    const row = this.rows.find((candidate) => candidate.number === number);
    if (!row) throw new Error(`there is no case ${number}`);
    return row;
  }

  async token(number: number): Promise<FinchToken> {
    const { connection_id: id } = this.row(number);
    const token = this.tokens.get(id) ?? (await this.world.tokenOf(id));
    this.tokens.set(id, token);
    return token;
  }

  /** The official SDK, to compare with. */
  sdk(token: FinchToken): Finch {
    return bearerClient(this.world.sandbox().url, token.secret.reveal());
  }

  async payments(token: FinchToken): Promise<FinchPayment[]> {
    const payments: FinchPayment[] = [];
    good(await streamPayments(this.caller, token, everything, async (chunk) => void payments.push(...chunk)));
    return payments;
  }

  /** All statements of a case's payment. */
  async slips(number: number): Promise<FinchPayStatement[]> {
    const { payment_id: paymentId = "" } = this.row(number);
    const kept = new KeptStatements();
    const query = { ...scope, pages: [{ paymentId, offset: 0 }] };
    good(await streamPayStatements(this.caller, await this.token(number), query, kept));
    const { length } = kept.statements;
    expect(kept.pages).toMatchObject([{ kind: "ok", read: length, count: length }]);
    return kept.statements;
  }

  /** The statement that a case is about. */
  async slip(number: number): Promise<FinchPayStatement> {
    const slips = await this.slips(number);
    const slip = slips.find((row) => row.individualId === this.row(number).individual_id);
    if (!slip) throw new Error(`the statement of case ${number} is not there`);
    return slip;
  }
}

export function useCases(): CaseWorld {
  const cases = new CaseWorld(useFinch());
  beforeAll(async () => {
    await cases.world.api("POST", "/_sandbox/reset", { seed: "cases" });
    cases.rows = await cases.world.api<CaseRow[]>("GET", "/_sandbox/cases");
  });
  return cases;
}

export const linesOf = (slip: FinchPayStatement, category: FinchPayLine["category"]) =>
  slip.lines.filter((line) => line.category === category);

/** An amount in Finch's words again. */
export const toWireMoney = (money: FinchMoney | null) =>
  money && {
    amount: money.amountCents === null ? null : Number(money.amountCents),
    currency: money.currency,
  };

/** A statement in Finch's words again, to compare it with what the SDK reads. */
export function toWire(slip: FinchPayStatement) {
  const lines = (category: FinchPayLine["category"], more: (line: FinchPayLine) => object) =>
    slip.nullCategories.includes(category)
      ? null
      : linesOf(slip, category).map((line) => ({
          type: line.type,
          name: line.name,
          amount: line.amountCents === null ? null : Number(line.amountCents),
          currency: line.currency,
          attributes: line.attributes,
          ...more(line),
        }));
  return {
    individual_id: slip.individualId,
    type: slip.type,
    payment_method: slip.paymentMethod,
    total_hours: slip.totalHours === null ? null : Number(slip.totalHours),
    gross_pay: toWireMoney(slip.grossPay),
    net_pay: toWireMoney(slip.netPay),
    earnings: lines("earning", ({ hours }) => ({ hours: hours === null ? null : Number(hours) })),
    taxes: lines("tax", ({ employer }) => ({ employer })),
    employee_deductions: lines("deduction", ({ preTax }) => ({ pre_tax: preTax })),
    employer_contributions: lines("contribution", () => ({})),
  };
}

/** Keys that Finch may leave out, put in. */
export function withKeys(slip: Finch.HRIS.PayStatement) {
  const filled = <T extends object>(rows: (T | null)[] | null) =>
    rows &&
    rows.filter((row) => row !== null).map((row) => ({ amount: null, type: null, attributes: null, ...row }));
  return {
    ...slip,
    earnings: filled(slip.earnings),
    taxes: filled(slip.taxes),
    employee_deductions: filled(slip.employee_deductions),
    employer_contributions: filled(slip.employer_contributions),
  };
}
