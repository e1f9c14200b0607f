import type { FleetRow } from "@/db/repositories/customers-fleet";
import {
  connectionStatus,
  type ConnectionState,
  type StatusCause,
  type StatusRemedy,
} from "@/lib/domain/connections/status";
import { toStatusFacts } from "@/lib/domain/connections/status-facts";

/** A connection as staff see it over all employers: names and health, no data of the employer. */
export interface FleetConnectionView {
  id: string;
  customerId: string;
  customerName: string;
  providerId: string;
  providerName: string;
  status: ConnectionState;
  cause: StatusCause;
  remedy: StatusRemedy | null;
  since: Date | null;
  dataAsOf: Date | null;
  lastSyncSucceededAt: Date | null;
  /** Finch's own word for the trouble, where there is one. */
  code: string | null;
  requestId: string | null;
}

/** @param now the database's clock */
export function toFleetConnection(
  { customerName, connection, latestRun }: FleetRow,
  now: Date,
): FleetConnectionView {
  const judged = connectionStatus(toStatusFacts(connection, latestRun), now);
  return {
    id: connection.id,
    customerId: connection.customerId,
    customerName,
    providerId: connection.providerId,
    providerName: connection.providerName,
    status: judged.status,
    cause: judged.cause,
    remedy: judged.remedy,
    since: judged.since,
    dataAsOf: judged.dataFrom,
    lastSyncSucceededAt: connection.lastSyncSucceededAt,
    code: connection.actionNeededReason ?? latestRun?.failureCode ?? null,
    requestId: latestRun?.requestId ?? null,
  };
}
