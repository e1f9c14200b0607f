import { Copyable } from "@/components/ui/copyable";
import { Section } from "@/components/ui/section";
import { Chip } from "@/components/ui/status-chip";
import { SubLine, Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import { formatDuration, formatInstant } from "@/lib/format/dates";
import { formatNumber } from "@/lib/format/money";
import type { ApiRequestView, ConnectionDetailView } from "@/lib/domain/connections/views";

function Answer({ request }: { request: ApiRequestView }) {
  const { status, outcome } = request;
  if (outcome === "ok") {
    return (
      <Chip plain tone="healthy" shape="check">
        {status ?? "ok"}
      </Chip>
    );
  }
  if (outcome === "pending") {
    return (
      <Chip plain tone="waiting" shape="hourglass">
        {status ?? "pending"}
      </Chip>
    );
  }
  return (
    <Chip plain tone="failing" shape="octagon">
      {status ?? "none"}
    </Chip>
  );
}

/** The latest requests to Finch for this connection, with the ids that Finch's support asks for. */
export function RequestsTable({ connection }: { connection: ConnectionDetailView }) {
  const { requests, requestCount, timeZone } = connection;
  const now = new Date(connection.now);
  if (requests.length === 0) {
    return (
      <Section title="Requests to Finch">
        <p className="pt-3 text-sm text-muted">None in the days that are kept.</p>
      </Section>
    );
  }
  return (
    <Section title="Requests to Finch" note={`latest ${requests.length} of ${formatNumber(requestCount)}`}>
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
          {requests.map((request) => (
            <TR key={request.id}>
              <TD wide className="text-secondary">
                {formatInstant(request.at, timeZone, { now, seconds: true })}
              </TD>
              <TD className="font-mono text-xs">
                {request.endpoint}
                <SubLine className="font-sans md:hidden">
                  {formatInstant(request.at, timeZone, { now, seconds: true })}
                </SubLine>
              </TD>
              <TD>
                <Answer request={request} />
              </TD>
              <TD wide className="text-secondary">
                {request.finchCode ?? request.outcome.replaceAll("_", " ")}
              </TD>
              <TD numeric wide>
                {formatDuration(request.durationMs)}
              </TD>
              <TD wide>
                {request.requestId ? (
                  <Copyable value={request.requestId} label="Finch request" short />
                ) : (
                  <span className="text-muted">no answer</span>
                )}
              </TD>
            </TR>
          ))}
        </TBody>
      </Table>
    </Section>
  );
}
