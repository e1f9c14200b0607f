"use client";

import { RefreshCw } from "lucide-react";
import { InitialsTile } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { StatusChip } from "@/components/ui/status-chip";
import { formatInstant } from "@/lib/format/dates";
import type { ConnectionDetailView } from "@/lib/domain/connections/views";
import { accountLine } from "./connection-look";
import { ConnectionMenu } from "./connection-menu";
import { setupDay } from "./setup-day";

interface ConnectionHeaderProps {
  connection: ConnectionDetailView;
  syncPending: boolean;
  onSync: () => void;
}

function description(connection: ConnectionDetailView): string {
  const cadence = connection.syncKind === "assisted" ? "assisted, syncs weekly" : "automated, syncs daily";
  const rhythm = connection.status === "disconnected" ? "no more syncs" : cadence;
  return [accountLine(connection), rhythm].filter(Boolean).join(" · ");
}

/** Why Sync now is of no use at this moment; null where it is. */
function whyNotSync({ status, isBusy }: ConnectionDetailView): string | null {
  if (status === "action_needed") return "Reconnect first";
  return isBusy ? "A sync is running" : null;
}

/** What a press gives: how many refreshes Finch has left, and when there are some again. */
function refreshHint({ refresh, timeZone, now }: ConnectionDetailView): string | null {
  if (refresh === null) return null;
  const { left, allowed, nextAt, isExact } = refresh;
  if (left > 0) return `${left}${allowed === null ? "" : ` of ${allowed}`} refreshes left at Finch`;
  const at = nextAt && formatInstant(nextAt, timeZone, { now: new Date(now) });
  const again = at ? `, next ${isExact ? "" : "by "}${at}` : "";
  return `No refresh left at Finch${again}. Sync now reads what it has.`;
}

function SyncNow({ connection, syncPending, onSync }: ConnectionHeaderProps) {
  const obstacle = whyNotSync(connection);
  const hint = obstacle ?? refreshHint(connection);
  return (
    <span className="flex items-center gap-2 max-md:flex-wrap">
      {hint ? (
        <span id="sync-hint" className="text-xs text-muted max-md:order-1 md:max-w-[240px] md:text-right">
          {hint}
        </span>
      ) : null}
      <Button
        disabled={obstacle !== null}
        pending={syncPending}
        aria-describedby={hint ? "sync-hint" : undefined}
        onClick={onSync}
      >
        <RefreshCw size={14} aria-hidden="true" />
        Sync now
      </Button>
    </span>
  );
}

/** Name, status and what can be done at any time. */
export function ConnectionHeader(props: ConnectionHeaderProps) {
  const { connection } = props;
  const { providerName, status, may, disconnectedAt } = connection;
  const canRepair = may.connect && disconnectedAt === null;
  return (
    <PageHeader
      leading={<InitialsTile name={providerName} size="xl" />}
      title={providerName}
      status={<StatusChip status={status}>{setupDay(connection, connection.now)}</StatusChip>}
      description={description(connection)}
      actions={
        may.sync || canRepair ? (
          <>
            {may.sync ? <SyncNow {...props} /> : null}
            {canRepair ? <ConnectionMenu connectionId={connection.id} /> : null}
          </>
        ) : undefined
      }
    />
  );
}
