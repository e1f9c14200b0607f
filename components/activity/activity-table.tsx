import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { Copyable } from "@/components/ui/copyable";
import { TextLink } from "@/components/ui/link";
import { Chip } from "@/components/ui/status-chip";
import type { ShapeName } from "@/components/ui/status-shape";
import { SubLine, Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import type { Tone } from "@/components/ui/tone";
import type { ActivityRequestView } from "@/lib/domain/activity/views";
import { formatBytes } from "@/lib/format/bytes";
import { formatDuration, formatInstant } from "@/lib/format/dates";
import { paths } from "@/lib/paths";
import { activityHref, withActivity, type ActivityAddress } from "./activity-url";

interface ActivityTableProps {
  requests: readonly ActivityRequestView[];
  address: ActivityAddress;
  now: Date;
}

/** Requests to Finch, newest first: one press from any failure to its cause, its Finch request and what helps. */
export function ActivityTable({ requests, address, now }: ActivityTableProps) {
  return (
    <Table label="Requests to Finch" density="relaxed">
      <THead>
        <TR>
          <TH wide className="w-[1%]">
            When, UTC
          </TH>
          <TH>Request</TH>
          <TH>Answer</TH>
          <TH numeric wide>
            Took
          </TH>
          <TH numeric wide>
            Size
          </TH>
          <TH wide>Finch request</TH>
        </TR>
      </THead>
      <TBody>
        {requests.map((request) => (
          <Row key={request.id} request={request} address={address} now={now} />
        ))}
      </TBody>
    </Table>
  );
}

interface RowProps {
  request: ActivityRequestView;
  address: ActivityAddress;
  now: Date;
}

function Row({ request, address, now }: RowProps) {
  const time = (
    <time
      dateTime={request.at.toISOString()}
      title={formatInstant(request.at, null, { seconds: true, showZone: true })}
    >
      {formatInstant(request.at, null, { now, seconds: true })}
    </time>
  );
  return (
    <TR>
      <TD wide className="pt-2 align-top text-secondary">
        {time}
      </TD>
      <TD rowHeader wrap className="min-w-0 pt-2 align-top">
        <span className="font-mono text-xs font-medium [overflow-wrap:anywhere]">{request.endpoint}</span>
        <Place request={request} />
        <SubLine className="md:hidden">
          {time} · {formatDuration(request.durationMs)}
        </SubLine>
      </TD>
      <TD wrap className="pt-2 align-top md:min-w-[260px]">
        <Answer request={request} />
        <Details request={request} address={address} />
      </TD>
      <TD numeric wide className="pt-2 align-top">
        {formatDuration(request.durationMs)}
      </TD>
      <TD numeric wide className="pt-2 align-top text-secondary">
        {request.bytes === null ? <span className="text-muted">none</span> : formatBytes(request.bytes)}
      </TD>
      <TD wide className="pt-1 align-top">
        <RequestId value={request.requestId} />
      </TD>
    </TR>
  );
}

function RequestId({ value, long }: { value: string | null; long?: boolean }) {
  if (value === null) return <span className="text-xs text-muted">no answer</span>;
  return <Copyable value={value} label="Finch request" short={!long} />;
}

const linkStyle = "inline-flex min-h-6 items-center text-muted";

/** For whom: the employer and its connection. */
function Place({ request: { customer, connection } }: { request: ActivityRequestView }) {
  if (!customer) return <SubLine className="min-h-6 leading-6">Perch itself</SubLine>;
  return (
    <SubLine className="flex flex-wrap items-center gap-x-1.5">
      <TextLink href={paths.connections(customer.id)} prefetch={false} quiet className={linkStyle}>
        {customer.name}
      </TextLink>
      {connection ? (
        <>
          <span aria-hidden="true">·</span>
          <TextLink
            href={paths.connection(customer.id, connection.id)}
            prefetch={false}
            quiet
            className={linkStyle}
          >
            {connection.providerName}
          </TextLink>
        </>
      ) : null}
    </SubLine>
  );
}

const looks: Record<string, { tone: Tone; shape: ShapeName }> = {
  ok: { tone: "healthy", shape: "check" },
  pending: { tone: "waiting", shape: "hourglass" },
};

function Answer({ request: { status, outcome, trouble } }: { request: ActivityRequestView }) {
  const look = looks[outcome] ?? ({ tone: "failing", shape: "octagon" } as const);
  return (
    <Chip plain {...look}>
      {status ?? "none"}
      {trouble ? <span className="font-normal">{trouble.label}</span> : null}
    </Chip>
  );
}

/** Cause and remedy of what was not well; for everything the ids and the sync that it was part of. */
function Details({ request, address }: Pick<RowProps, "request" | "address">) {
  const { trouble, finchCode, runId, requestId, connection } = request;
  return (
    <details className="group/details text-xs">
      <summary className="inline-flex min-h-6 cursor-pointer items-center gap-1 text-secondary hover:text-ink">
        <ChevronRight
          size={12}
          aria-hidden="true"
          className="flex-none transition-transform duration-quick group-open/details:rotate-90"
        />
        <span className="underline decoration-line-strong underline-offset-2">
          {trouble ? "Cause and remedy" : "Details"}
        </span>
        {finchCode ? <span className="font-mono [overflow-wrap:anywhere]">{finchCode}</span> : null}
      </summary>
      <dl className="my-1 grid max-w-[72ch] gap-1.5 leading-normal">
        {trouble ? (
          <>
            <Part name="What happened">{trouble.happened}</Part>
            <Part name="What it means">{trouble.means}</Part>
            <Part name="What to do">{trouble.todo}</Part>
          </>
        ) : null}
        <Part name="Finch request">
          <RequestId value={requestId} long />
        </Part>
        {runId ? (
          <Part name="Sync">
            <TextLink
              href={activityHref(
                withActivity(address, { runId, connectionId: connection?.id ?? null }, { live: false }),
              )}
              prefetch={false}
              className="inline-flex min-h-6 items-center"
            >
              Its other requests
            </TextLink>
          </Part>
        ) : null}
      </dl>
    </details>
  );
}

function Part({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[96px_minmax(0,1fr)] gap-2 max-md:grid-cols-1 max-md:gap-0">
      <dt className="font-medium text-muted">{name}</dt>
      <dd className="text-secondary">{children}</dd>
    </div>
  );
}
