import type { Tx } from "@/db/client";
import {
  findStatementPlace,
  listStatementRows,
  sumLinesOf,
  type StatementFilter,
  type StatementRow,
  type StatementSort,
} from "@/db/repositories/payroll-statements";
import { toStatementRow } from "@/lib/domain/payroll/payments/list-statements";
import { toStatementExportRow, type StatementExportRow } from "./statement-columns";
import { runsOf, type RowIdentity } from "./table";

/** A payment's statements for a file, in the order of its page. */

const batchSize = 1_000;

interface StatementOrder {
  filter: StatementFilter;
  sort: StatementSort;
  descending: boolean;
  /** The reader may see who people are. */
  mayName: boolean;
}

export async function* statementBatches(
  tx: Tx,
  customerId: string,
  payment: StatementExportRow["payment"],
  { filter, sort, descending, mayName }: StatementOrder,
): AsyncGenerator<StatementExportRow[], void, void> {
  const order = { sort, descending, byName: mayName };
  const read = async (last: StatementRow | null, limit: number) =>
    listStatementRows(tx, customerId, filter, {
      ...order,
      from: last && (await findStatementPlace(tx, customerId, last.id, order)),
      limit,
    });
  for await (const rows of runsOf(batchSize, read)) {
    const ids = rows.map(({ id }) => id);
    const sums = Map.groupBy(await sumLinesOf(tx, customerId, ids), ({ statementId }) => statementId);
    yield rows.map((row) =>
      toStatementExportRow(payment, toStatementRow(row, sums.get(row.id) ?? [], mayName)),
    );
  }
}

/** The same slip of the same person has the same key, also where it was read again. */
export const statementIdentity = ({ payment, statement }: StatementExportRow): RowIdentity => ({
  key: `${payment.id}/${statement.person.id}/${statement.number}`,
  connectionId: payment.connection.id,
  individualId: statement.person.id,
});
