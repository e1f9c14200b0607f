"use client";

import type { ReactNode } from "react";
import { FreshnessPerch } from "@/components/ui/freshness-perch";
import { RelativeTime } from "@/components/ui/relative-time";
import type { ConnectionView } from "@/lib/domain/connections/views";
import { dayOf, perchLook } from "./connection-look";
import { setupLimit } from "./setup-day";

interface ConnectionFreshnessProps {
  connection: ConnectionView;
  zone: string;
  now: string;
  className?: string;
}

function textsOf({ connection, zone, now }: ConnectionFreshnessProps): { asOf: ReactNode; due: ReactNode } {
  const { status, dataAsOf, dataDueAt, nextSyncAt, dataDeleteAt, dataDeletedAt, setupStartedAt, latestRun } =
    connection;
  const day = (instant: string | Date) => dayOf(instant, zone, new Date(now));
  const relative = (value: string, prefix: string) => (
    <RelativeTime value={value} now={now} zone={zone} prefix={prefix} />
  );
  if (status === "disconnected") {
    const kept = dataDeleteAt && !dataDeletedAt ? `kept until ${day(dataDeleteAt)}` : "data deleted";
    return { asOf: kept, due: "no more syncs" };
  }
  if (!dataAsOf) {
    const queued = latestRun?.status === "queued" ? "first sync is queued" : "first sync is running";
    const setup = setupStartedAt ? `by ${day(setupLimit(setupStartedAt))} at the latest` : null;
    const due = status === "setting_up" ? setup : connection.isBusy ? queued : "no sync yet";
    return { asOf: "no data yet", due };
  }
  const isLate = dataDueAt !== null && new Date(dataDueAt) <= new Date(now);
  if (status === "syncing") {
    const since = latestRun?.startedAt ?? latestRun?.createdAt;
    return { asOf: relative(dataAsOf, "as of "), due: since ? relative(since, "syncing since ") : "syncing" };
  }
  if (isLate) return { asOf: relative(dataAsOf, "as of "), due: `was due ${day(dataDueAt)}` };
  const next = nextSyncAt ?? dataDueAt;
  return { asOf: relative(dataAsOf, "as of "), due: next ? relative(next, "next ") : null };
}

/** The perch of a connection, with its age and its next sync in words. */
export function ConnectionFreshness(props: ConnectionFreshnessProps) {
  const { asOf, due } = textsOf(props);
  return (
    <FreshnessPerch
      {...perchLook(props.connection, new Date(props.now))}
      asOf={asOf}
      due={due}
      {...(props.className ? { className: props.className } : {})}
    />
  );
}
