import { inScope } from "@/db/client";
import { lockConnection } from "@/db/repositories/connections";
import type { SyncWorld, TestConnection } from "@/lib/domain/sync/testing";
import { rememberUnsupported } from "@/lib/domain/sync/unsupported";
import { testContext } from "@/lib/domain/testing";
import { listReconciliations } from "./list-reconciliations";
import { reconcileConnection } from "./reconcile-connection";
import type { CheckView } from "./to-check-view";

/** Connections whose mirror lacks something, for the tests of the checks. Never imported by the product. */

export const people = ["directory", "individual", "employment"];

export class CheckedWorld {
  constructor(private readonly world: SyncWorld) {}

  async synced(products = people): Promise<TestConnection> {
    const connection = await this.world.connect({ products });
    await this.world.sync(connection);
    return connection;
  }

  /** A connection of which only planted payments are known. */
  async withPay(): Promise<TestConnection> {
    const connection = await this.synced(["directory"]);
    await this.world.rows(
      "update connections set products = '{directory,payment,pay_statement}' where id = $1",
      [connection.connectionId],
    );
    return connection;
  }

  /** Checks it now, and gives what was written down. */
  async check({ customerId, connectionId }: TestConnection): Promise<CheckView> {
    await reconcileConnection({ customerId, connectionId });
    const [newest] = await listReconciliations(testContext("hr_viewer", customerId), connectionId);
    if (!newest) throw new Error("nothing was written down");
    return newest;
  }

  checksOf({ connectionId }: TestConnection) {
    return this.world.rows("select from reconciliations where connection_id = $1", [connectionId]);
  }

  remember(connection: TestConnection, step: string): Promise<void> {
    return inScope(connection.ctx, async (tx) => {
      const row = await lockConnection(tx, connection.customerId, connection.connectionId);
      if (!row) throw new Error("no connection");
      const told = { outcome: "not_implemented", message: "no", requestId: null };
      await rememberUnsupported(tx, row, step, told);
    });
  }

  /** A payment with so many statements, of which Finch counted so many. */
  async plantPayment(
    { customerId, connectionId }: TestConnection,
    state: string,
    counted: number | null,
    here: number,
  ): Promise<string> {
    const id = crypto.randomUUID();
    await this.world.rows(
      `insert into payments (customer_id, id, connection_id, finch_payment_id, fetched_at, statements_state, statements_count)
       values ($1, $2, $3, gen_random_uuid()::text, now(), $4, nullif($5::int, -1))`,
      [customerId, id, connectionId, state, counted ?? -1],
    );
    await this.world.rows(
      `insert into pay_statements (customer_id, connection_id, payment_id, individual_id, ordinal, digest, seen_at, fetched_at)
       select $1, $2, $3, i.id, 0, '', now(), now() from individuals i where i.connection_id = $2 limit $4`,
      [customerId, connectionId, id, here],
    );
    return id;
  }
}

/** What was found, by kind. */
export const kindsOf = ({ counts }: CheckView) =>
  Object.fromEntries(counts.map(({ kind, count }) => [kind, count]));
