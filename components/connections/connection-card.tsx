"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { InitialsTile } from "@/components/ui/avatar";
import { Button, LinkButton } from "@/components/ui/button";
import { Copyable } from "@/components/ui/copyable";
import { StatusChip } from "@/components/ui/status-chip";
import { StepSegments } from "@/components/ui/step-progress";
import { Tag, Tags } from "@/components/ui/tag";
import { formatCount } from "@/lib/format/money";
import { paths } from "@/lib/paths";
import type { ConnectionView } from "@/lib/domain/connections/views";
import { useConnectLauncher } from "./connect-launcher";
import { ConnectionFreshness } from "./connection-freshness";
import { accountLine, dayOf, productLabel, runProgress } from "./connection-look";
import { setupDay } from "./setup-day";

export interface ConnectionCardProps {
  connection: ConnectionView;
  customerId: string;
  zone: string;
  /** The server's clock at the last fetch. */
  now: string;
  mayConnect: boolean;
  syncPending: boolean;
  onSync: (connection: ConnectionView) => void;
}

function subtitle(connection: ConnectionView): string {
  const line = accountLine(connection);
  if (line) return line;
  if (connection.status === "disconnected") return "data hidden";
  return connection.syncKind === "assisted" ? "set up by Finch’s team" : "no data yet";
}

/** One or two sentences: the cause, and what it means where that is not plain. */
function Why({ connection, zone, now }: Pick<ConnectionCardProps, "connection" | "zone" | "now">) {
  const { cause, status, disconnectedByName, disconnectedAt, dataDeletedAt } = connection;
  if (status === "disconnected" && disconnectedAt) {
    const by = disconnectedByName ? ` by ${disconnectedByName}` : "";
    const rest = dataDeletedAt
      ? "Its data is deleted."
      : "Data is hidden from everyone and deleted on the date below.";
    return (
      <>
        Disconnected{by} on {dayOf(disconnectedAt, zone, new Date(now))}. {rest}
      </>
    );
  }
  return (
    <>
      {cause.happened} {status === "healthy" ? null : cause.means}
    </>
  );
}

function Products({ connection }: { connection: ConnectionView }) {
  const { status, products, lostProducts, absentProducts, dataAsOf } = connection;
  if (status === "disconnected") return null;
  if (!dataAsOf) {
    return (
      <Tags>
        <Tag kind="missing">{formatCount(products.length, "product")} granted</Tag>
      </Tags>
    );
  }
  return (
    <Tags>
      {products.map((product) => (
        <Tag key={product}>{productLabel(product)}</Tag>
      ))}
      {lostProducts.map((product) => (
        <Tag key={product} kind="lacking">
          {productLabel(product)}: no longer shared
        </Tag>
      ))}
      {absentProducts.map((product) => (
        <Tag key={product} kind="missing">
          {productLabel(product)}
          <span className="sr-only">, not granted</span>
        </Tag>
      ))}
    </Tags>
  );
}

function Reconnect({ connection, primary }: { connection: ConnectionView; primary: boolean }) {
  const { repair, phase, target } = useConnectLauncher();
  if (!connection.may.connect) return null;
  return (
    <Button
      size="sm"
      variant={primary ? "primary" : "default"}
      aria-label={`Reconnect ${connection.providerName}`}
      pending={target === connection.id && phase !== "idle"}
      pendingLabel="Opening…"
      disabled={phase !== "idle" && target !== connection.id}
      onClick={() => repair(connection.id)}
    >
      Reconnect
    </Button>
  );
}

function SyncNow({
  connection,
  onSync,
  syncPending,
}: Pick<ConnectionCardProps, "connection" | "onSync" | "syncPending">) {
  if (!connection.may.sync) return null;
  return (
    <Button
      size="sm"
      aria-label={`Sync now: ${connection.providerName}`}
      pending={syncPending}
      onClick={() => onSync(connection)}
    >
      Sync now
    </Button>
  );
}

const openLabels: Record<ConnectionView["status"], string> = {
  action_needed: "See cause",
  missing_permission: "See cause",
  failing: "See cause",
  late: "See cause",
  syncing: "See steps",
  setting_up: "What happens now",
  never_synced: "Open",
  healthy: "Open",
  disconnected: "Open",
};

function Deeds(props: ConnectionCardProps): ReactNode {
  const { connection, customerId, mayConnect } = props;
  const { status, providerId, providerName } = connection;
  const open = (
    <LinkButton
      size="sm"
      href={paths.connection(customerId, connection.id)}
      aria-label={`${openLabels[status]}: ${providerName}`}
    >
      {openLabels[status]}
    </LinkButton>
  );
  if (status === "disconnected") {
    const href = `${paths.connectNew(customerId)}?q=${encodeURIComponent(providerName)}#${encodeURIComponent(providerId)}`;
    return (
      <>
        {mayConnect ? (
          <LinkButton size="sm" href={href} aria-label={`Connect again: ${providerName}`}>
            Connect again
          </LinkButton>
        ) : null}
        {open}
      </>
    );
  }
  const repairs = status === "action_needed" || status === "missing_permission";
  const syncs =
    status === "late" || status === "failing" || status === "healthy" || status === "never_synced";
  return (
    <>
      {repairs ? <Reconnect connection={connection} primary /> : null}
      {syncs ? <SyncNow {...props} /> : null}
      {open}
    </>
  );
}

/** One connection as it stands on the page of connections, in each of its nine states. */
export function ConnectionCard(props: ConnectionCardProps) {
  const { connection, customerId, zone, now } = props;
  const { id, status, providerName, syncKind, latestRun, troubleRequestId } = connection;
  const progress = status === "syncing" && latestRun ? runProgress(latestRun) : null;
  return (
    <li className="flex min-w-0 flex-col gap-2.5 rounded-lg border border-line-strong bg-surface px-4 pt-3.5 pb-3">
      <div className="flex items-start gap-[11px] max-md:flex-wrap">
        <InitialsTile name={providerName} size="lg" />
        <div className="min-w-0 flex-1">
          <h2 className="text-base leading-[1.35]">
            <Link
              href={paths.connection(customerId, id)}
              className="rounded-sm text-ink hover:text-accent hover:underline"
            >
              {providerName}
            </Link>
          </h2>
          <p className="truncate text-xs leading-[1.4] text-muted">{subtitle(connection)}</p>
        </div>
        <StatusChip status={status}>{setupDay(connection, now)}</StatusChip>
      </div>
      <p className="text-sm leading-[1.45] text-secondary md:min-h-[57px]">
        <Why connection={connection} zone={zone} now={now} />
      </p>
      {progress ? (
        <StepSegments
          total={progress.total}
          done={progress.done}
          progress={progress.share}
          label={progress.label}
          count={progress.count}
        />
      ) : null}
      <ConnectionFreshness connection={connection} zone={zone} now={now} className="mt-auto" />
      <Products connection={connection} />
      {status === "failing" && troubleRequestId ? (
        <p className="text-xs text-muted">
          Finch request <Copyable value={troubleRequestId} label="Finch request" short />
        </p>
      ) : null}
      <div className="mt-0.5 flex flex-wrap items-center gap-1.5 border-t border-line pt-2.5">
        <Deeds {...props} />
        <span className="ml-auto text-xs text-muted">
          {status === "disconnected"
            ? "disconnected"
            : syncKind === "assisted"
              ? "assisted, weekly"
              : "automated, daily"}
        </span>
      </div>
    </li>
  );
}
