import { Copyable } from "@/components/ui/copyable";
import { Endpoint } from "@/components/ui/endpoint";
import { Pagination } from "@/components/ui/pagination";
import { Section } from "@/components/ui/section";
import { Segmented } from "@/components/ui/segmented";
import { Chip } from "@/components/ui/status-chip";
import type { ShapeName } from "@/components/ui/status-shape";
import { SubLine, Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import type { Tone } from "@/components/ui/tone";
import { formatDuration, formatInstant } from "@/lib/format/dates";
import { formatCount, formatNumber } from "@/lib/format/money";
import type { ApiRequestView, RequestsView } from "@/lib/domain/connections/detail/list-requests";
import { connectionHref, withRequests, type ConnectionAddress } from "./connection-url";

interface RequestsTableProps {
  view: RequestsView;
  zone: string;
  /** The page's own path. */
  here: string;
  address: ConnectionAddress;
}

const looks: Record<string, { tone: Tone; shape: ShapeName }> = {
  ok: { tone: "healthy", shape: "check" },
  pending: { tone: "waiting", shape: "hourglass" },
};
const failed = { tone: "failing", shape: "octagon" } as const;

const outcomeOf = ({ outcome }: ApiRequestView) => outcome.replaceAll("_", " ");

function Answer({ request }: { request: ApiRequestView }) {
  return (
    <Chip plain {...(looks[request.outcome] ?? failed)}>
      {request.status ?? "none"}
    </Chip>
  );
}

function RequestId({ request, className }: { request: ApiRequestView; className?: string }) {
  if (!request.requestId) return <span className="text-muted">no answer</span>;
  return (
    <Copyable value={request.requestId} label="Finch request" short {...(className ? { className } : {})} />
  );
}

function Row({ request, zone, now }: { request: ApiRequestView; zone: string; now: Date }) {
  const at = formatInstant(request.at, zone, { now, seconds: true });
  return (
    <TR>
      <TD wide className="text-secondary">
        {at}
      </TD>
      <TD wrap className="font-mono text-xs [overflow-wrap:anywhere]">
        <Endpoint name={request.endpoint} />
        <SubLine className="font-sans md:hidden">
          {[at, outcomeOf(request), request.finchCode].filter(Boolean).join(" · ")}
        </SubLine>
        {request.requestId ? <RequestId request={request} className="md:hidden" /> : null}
      </TD>
      <TD>
        <Answer request={request} />
      </TD>
      <TD wide wrap className="text-secondary">
        {outcomeOf(request)}
        {request.finchCode ? (
          <SubLine className="font-mono [overflow-wrap:anywhere]">{request.finchCode}</SubLine>
        ) : null}
      </TD>
      <TD numeric wide>
        {formatDuration(request.durationMs)}
      </TD>
      <TD wide>
        <RequestId request={request} />
      </TD>
    </TR>
  );
}

function Rows({ view, zone }: { view: RequestsView; zone: string }) {
  const now = new Date(view.now);
  return (
    <Table label="Requests to Finch" density="compact">
      <THead>
        <TR>
          <TH wide>When</TH>
          <TH>Request</TH>
          <TH>Answer</TH>
          <TH wide>Outcome</TH>
          <TH numeric wide>
            Took
          </TH>
          <TH wide>Request id</TH>
        </TR>
      </THead>
      <TBody>
        {view.requests.map((request) => (
          <Row key={request.id} request={request} zone={zone} now={now} />
        ))}
      </TBody>
    </Table>
  );
}

/** The requests to Finch for this connection, with the ids that Finch's support asks for. */
export function RequestsTable({ view, zone, here, address }: RequestsTableProps) {
  const { requests, all, newer, older, keptDays } = view;
  const { failedOnly } = address;
  const matching = failedOnly ? view.failed : all;
  const hrefOf = (place: Partial<ConnectionAddress>) =>
    connectionHref(here, { ...withRequests(address, failedOnly), ...place });
  const filter = (
    <Segmented
      label="Which requests"
      value={failedOnly ? "failed" : "all"}
      items={[
        {
          value: "all",
          label: `All ${formatNumber(all)}`,
          href: connectionHref(here, withRequests(address, false)),
        },
        {
          value: "failed",
          label: `Failed ${formatNumber(view.failed)}`,
          href: connectionHref(here, withRequests(address, true)),
        },
      ]}
    />
  );
  return (
    <Section
      id="requests"
      title="Requests to Finch"
      note={`kept for ${formatCount(keptDays, "day")}`}
      {...(all > 0 ? { aside: filter } : {})}
    >
      {requests.length > 0 ? (
        <Rows view={view} zone={zone} />
      ) : (
        <p className="pt-3 text-sm text-muted">
          {failedOnly && all > 0 ? "None of them failed." : "None in the days that are kept."}
        </p>
      )}
      {newer || older ? (
        <Pagination
          inPlace
          label="requests"
          summary={`${formatNumber(requests.length)} of ${formatCount(matching, "request")}`}
          previousHref={newer && hrefOf({ requestsBefore: newer })}
          nextHref={older && hrefOf({ requestsAfter: older })}
        />
      ) : null}
    </Section>
  );
}
