import { Endpoint } from "@/components/ui/endpoint";
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
import { RequestDetails, RequestId } from "./request-details";

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
        <span className="font-mono text-xs font-medium [overflow-wrap:anywhere]">
          <Endpoint name={request.endpoint} />
        </span>
        <Place request={request} address={address} />
        <SubLine className="md:hidden">
          {time} · {formatDuration(request.durationMs)}
        </SubLine>
        {request.requestId ? <RequestId value={request.requestId} className="md:hidden" /> : null}
      </TD>
      <TD wrap className="pt-2 align-top lg:min-w-[280px]">
        <Answer request={request} />
        <RequestDetails request={request} />
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

const linkStyle = "inline-flex min-h-6 items-center text-muted";

/** For whom: the employer, its connection, and the sync that the request was part of. */
function Place({ request: { customer, connection, runId }, address }: Pick<RowProps, "request" | "address">) {
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
      {runId ? (
        <>
          <span aria-hidden="true">·</span>
          <TextLink
            href={activityHref(
              withActivity(address, { runId, connectionId: connection?.id ?? null }, { live: false }),
            )}
            prefetch={false}
            quiet
            className={linkStyle}
          >
            its sync
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
      {/* The status stands before it already. */}
      {trouble ? <span className="font-normal">{trouble.label.replace(/ \(\d+\)$/, "")}</span> : null}
    </Chip>
  );
}
