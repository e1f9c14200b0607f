import type { ConnectionRecordView } from "@/lib/domain/connections/detail/get-connection-record";
import type { ItemErrorsView } from "@/lib/domain/connections/detail/list-item-errors";
import type { RequestsView } from "@/lib/domain/connections/detail/list-requests";
import type { SyncRunsView } from "@/lib/domain/connections/detail/list-sync-runs";
import type { ConnectionDetailView } from "@/lib/domain/connections/views";
import { paths } from "@/lib/paths";
import type { ConnectionAddress } from "./connection-url";
import { FreshnessTable } from "./freshness-table";
import { ItemErrors } from "./item-errors";
import { RequestsTable } from "./requests-table";
import { SyncHistory } from "./sync-history";

interface ConnectionTablesProps {
  connection: ConnectionDetailView;
  tables: {
    record: ConnectionRecordView;
    items: ItemErrorsView;
    runs: SyncRunsView;
    requests: RequestsView;
  };
  customerId: string;
  address: ConnectionAddress;
}

/** What stands below the steps: the age of each product, items without data, syncs, requests. */
export function ConnectionTables({ connection, tables, customerId, address }: ConnectionTablesProps) {
  const { id, entities, timeZone: zone, providerName, status } = connection;
  const place = { entities, zone, here: paths.connection(customerId, id), address };
  const isOpen = connection.disconnectedAt === null;
  return (
    <>
      {isOpen ? (
        <FreshnessTable
          {...place}
          products={tables.record.freshness}
          providerName={providerName}
          waitsForPerson={status === "action_needed"}
          now={tables.record.now}
        />
      ) : null}
      {isOpen ? (
        <ItemErrors
          {...place}
          view={tables.items}
          customerId={customerId}
          syncedAt={connection.lastSyncSucceededAt}
        />
      ) : null}
      <SyncHistory {...place} view={tables.runs} />
      <RequestsTable {...place} view={tables.requests} />
    </>
  );
}
