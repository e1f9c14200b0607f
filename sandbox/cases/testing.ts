import type Finch from "@tryfinch/finch-api";
import type { RunningSandbox } from "@/sandbox/server";
import { bearerClient, control } from "@/sandbox/testing/harness";

export type Slip = Finch.HRIS.PayStatement;

interface CaseView {
  number: number;
  title: string;
  seed: string;
  connection_id: string;
  individual_id?: string;
  payment_id?: string;
  trigger?: string;
}

/** Reads cases as a client of Finch would. */
export class CaseReader {
  private readonly clients = new Map<string, Finch>();

  constructor(
    private readonly sandbox: RunningSandbox,
    readonly rows: readonly CaseView[],
  ) {}

  static async open(sandbox: RunningSandbox): Promise<CaseReader> {
    await control(sandbox.url, "POST", "/reset", { seed: "cases" });
    return new CaseReader(sandbox, (await control(sandbox.url, "GET", "/cases")) as CaseView[]);
  }

  row(number: number): CaseView {
    const row = this.rows.find((candidate) => candidate.number === number);
    if (!row) throw new Error(`there is no case ${number}`);
    return row;
  }

  async client(number: number): Promise<Finch> {
    const { connection_id: id } = this.row(number);
    const known = this.clients.get(id);
    if (known) return known;
    const made = await control(this.sandbox.url, "POST", `/connections/${id}/tokens`);
    const client = bearerClient(this.sandbox.url, (made as { access_token: string }).access_token);
    this.clients.set(id, client);
    return client;
  }

  trigger(number: number): Promise<unknown> {
    return control(this.sandbox.url, "POST", `/cases/${number}/trigger`);
  }

  /** All payments of a case's connection by pay date. */
  async payments(number: number, from: string, to: string): Promise<Finch.HRIS.Payment[]> {
    const page = await (await this.client(number)).hris.payments.list({ start_date: from, end_date: to });
    return page.items;
  }

  async payment(number: number): Promise<Finch.HRIS.Payment> {
    const all = await this.payments(number, "2000-01-01", "2100-01-01");
    const found = all.find(({ id }) => id === this.row(number).payment_id);
    if (!found) throw new Error(`the payment of case ${number} is not listed`);
    return found;
  }

  async statements(number: number, paging: { limit?: number; offset?: number } = {}) {
    const { payment_id = "" } = this.row(number);
    const client = await this.client(number);
    const page = await client.hris.payStatements.retrieveMany({ requests: [{ payment_id, ...paging }] });
    const [response] = page.responses;
    if (!response) throw new Error("there is no response");
    return response;
  }

  async slips(number: number): Promise<Slip[]> {
    const { body } = await this.statements(number);
    if (!("pay_statements" in body)) throw new Error(JSON.stringify(body));
    return body.pay_statements;
  }

  async slip(number: number): Promise<Slip> {
    const { individual_id } = this.row(number);
    const slip = (await this.slips(number)).find((row) => row.individual_id === individual_id);
    if (!slip) throw new Error(`the statement of case ${number} is not there`);
    return slip;
  }

  async individual(number: number, id = this.row(number).individual_id ?? "", entity?: string) {
    const client = await this.client(number);
    const page = await client.hris.individuals.retrieveMany({
      requests: [{ individual_id: id }],
      options: { include: ["ssn"] },
      ...(entity ? { entity_ids: [entity] } : {}),
    });
    return fieldsOf(page.responses[0]?.body);
  }

  async employment(number: number, id = this.row(number).individual_id ?? "") {
    const client = await this.client(number);
    const page = await client.hris.employments.retrieveMany({ requests: [{ individual_id: id }] });
    return fieldsOf(page.responses[0]?.body);
  }

  async directory(number: number, entity?: string) {
    const client = await this.client(number);
    const page = await client.hris.directory.list(entity ? { entity_ids: [entity] } : {});
    return page.individuals;
  }

  /** The statements of one person, by pay date. */
  async slipsOf(number: number, from: string, to: string): Promise<{ payDate: string; slip: Slip }[]> {
    const { individual_id = "" } = this.row(number);
    const client = await this.client(number);
    const found: { payDate: string; slip: Slip }[] = [];
    for (const payment of await this.payments(number, from, to)) {
      if (!payment.individual_ids?.includes(individual_id)) continue;
      const page = await client.hris.payStatements.retrieveMany({ requests: [{ payment_id: payment.id }] });
      const body = page.responses[0]?.body;
      if (!body || !("pay_statements" in body)) continue;
      const slip = body.pay_statements.find((row) => row.individual_id === individual_id);
      if (slip) found.push({ payDate: payment.pay_date ?? "", slip });
    }
    return found;
  }
}

/** Whatever a body has, by name. */
const fieldsOf = (body: object | undefined): Record<string, unknown> => ({ ...body });

export const sumOf = (lines: readonly ({ amount?: number | null } | null)[] | null): number =>
  (lines ?? []).reduce((total, line) => total + (line?.amount ?? 0), 0);

/** What the statement takes from the employee: taxes and deductions. Cents. */
export const takenFrom = (slip: Slip): number =>
  sumOf((slip.taxes ?? []).filter((tax) => tax?.employer === false)) + sumOf(slip.employee_deductions);
