import type { Tx } from "@/db/client";
import { listCurrentIncome, listSealedSsns } from "@/db/repositories/individual-details";
import type { SourceRow } from "@/db/repositories/individual-sources";
import { listNamesByFinchId, type DirectoryRow } from "@/db/repositories/individuals";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { dataClasses } from "./data-classes";
import { toDirectoryRow, type DirectoryRowView } from "./to-directory-row";

const managerKey = (connectionId: string, finchId: string | null) => `${connectionId} ${finchId}`;

/** Adds to rows of the directory what stands in other tables, only as far as the reader may see it. */
export async function loadDirectoryRows(
  tx: Tx,
  ctx: Context,
  rows: readonly DirectoryRow[],
  sources: readonly SourceRow[],
): Promise<DirectoryRowView[]> {
  const { customerId } = requireCustomer(ctx).scope;
  const classes = dataClasses(ctx);
  const ids = rows.map((row) => row.id);
  const managerIds = [...new Set(rows.map((row) => row.managerFinchId).filter((id) => id !== null))];
  const connectionIds = [...new Set(rows.map((row) => row.connectionId))];
  const [managers, incomes, ssns] = await Promise.all([
    listNamesByFinchId(tx, customerId, connectionIds, managerIds),
    classes.income ? listCurrentIncome(tx, customerId, ids) : [],
    classes.ssn ? listSealedSsns(tx, customerId, ids) : [],
  ]);
  const managerByKey = new Map(
    managers.map((row) => [managerKey(row.connectionId, row.finchIndividualId), row]),
  );
  const incomeById = new Map(incomes.map((row) => [row.individualId, row]));
  const ssnById = new Map(ssns.map((row) => [row.individualId, row]));
  const sourceById = new Map(sources.map((source) => [source.id, source]));
  return rows.flatMap((row) => {
    const source = sourceById.get(row.connectionId);
    if (!source) return [];
    return toDirectoryRow({
      row,
      source,
      classes,
      manager: managerByKey.get(managerKey(row.connectionId, row.managerFinchId)),
      income: incomeById.get(row.id),
      ssn: ssnById.get(row.id),
    });
  });
}
