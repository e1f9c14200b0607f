import { everyProduct, type SyncWorld, type TestConnection } from "@/lib/domain/sync/testing";

/** The sandbox's odd companies in a mirror, for tests about their statements. Never imported by the product. */

interface CaseRow {
  number: number;
  connection_id: string;
  individual_id?: string;
  payment_id?: string;
}

export interface StatementPlace {
  statementId: string;
  paymentId: string;
  individualId: string;
  customerId: string;
  connectionId: string;
}

export class MirroredCases {
  private readonly connections = new Map<string, TestConnection>();

  private constructor(
    private readonly world: SyncWorld,
    private readonly rows: readonly CaseRow[],
  ) {}

  static async plant(world: SyncWorld): Promise<MirroredCases> {
    await world.finch("POST", "/_sandbox/reset", { seed: "cases" });
    return new MirroredCases(world, await world.finch<CaseRow[]>("GET", "/_sandbox/cases"));
  }

  /** The connection of a case's company; its first use mirrors it. */
  async connection(number: number): Promise<TestConnection> {
    const { connection_id } = this.row(number);
    const known = this.connections.get(connection_id);
    if (known) return known;
    const path = `/_sandbox/connections/${connection_id}/tokens`;
    const { access_token } = await this.world.finch<{ access_token: string }>("POST", path);
    const customerId = await this.world.addCustomer();
    const made = { connection_id, access_token, provider_id: "gusto" };
    const connection = await this.world.adopt(made, [...everyProduct], customerId);
    await this.world.sync(connection);
    this.connections.set(connection_id, connection);
    return connection;
  }

  /** The mirrored statements of a case's payment: the case's own person's, or everybody's. */
  async statements(number: number, { everybody = false } = {}): Promise<StatementPlace[]> {
    const { customerId, connectionId } = await this.connection(number);
    const { payment_id = "", individual_id = "" } = this.row(number);
    return this.world.rows<StatementPlace>(
      `select s.id as "statementId", s.payment_id as "paymentId", s.individual_id as "individualId",
         s.customer_id as "customerId", s.connection_id as "connectionId"
       from pay_statements s join payments p on p.id = s.payment_id join individuals i on i.id = s.individual_id
       where s.customer_id = $1 and s.connection_id = $2 and p.finch_payment_id = $3 and s.deleted_at is null
         and ($4 = '' or i.finch_individual_id = $4) order by i.sort_name, s.ordinal`,
      [customerId, connectionId, payment_id, everybody ? "" : individual_id],
    );
  }

  async statement(number: number): Promise<StatementPlace> {
    const [place] = await this.statements(number);
    if (!place) throw new Error(`the statement of case ${number} is not in the mirror`);
    return place;
  }

  private row(number: number): CaseRow {
    const row = this.rows.find((each) => each.number === number);
    if (!row) throw new Error(`there is no case ${number}`);
    return row;
  }
}
