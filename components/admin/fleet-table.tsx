import { Copyable } from "@/components/ui/copyable";
import { TextLink } from "@/components/ui/link";
import { RelativeTime } from "@/components/ui/relative-time";
import { StatusChip } from "@/components/ui/status-chip";
import { RowLink, SubLine, Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import type { FleetConnectionView } from "@/lib/domain/customers/to-fleet-connection";
import { paths } from "@/lib/paths";

interface FleetTableProps {
  label: string;
  connections: readonly FleetConnectionView[];
  now: Date;
}

/** Connections of all employers, each one click from its cause, its remedy and its Finch request. */
export function FleetTable({ label, connections, now }: FleetTableProps) {
  return (
    <Table label={label} density="relaxed">
      <THead>
        <TR>
          <TH>Connection</TH>
          <TH>Status</TH>
          <TH wide>Cause and remedy</TH>
          <TH wide>Last sync</TH>
          <TH wide>Finch request</TH>
        </TR>
      </THead>
      <TBody>
        {connections.map((connection) => (
          <FleetRow key={connection.id} connection={connection} now={now} />
        ))}
      </TBody>
    </Table>
  );
}

const calm = new Set(["healthy", "syncing"]);

function FleetRow({ connection, now }: { connection: FleetConnectionView; now: Date }) {
  const { customerId, customerName, providerName, status, cause, remedy, since, lastSyncSucceededAt } =
    connection;
  return (
    <TR>
      <TD rowHeader>
        <RowLink
          href={paths.connection(customerId, connection.id)}
          prefetch={false}
          className="inline-flex min-h-6 items-center py-0"
        >
          {providerName}
        </RowLink>
        <SubLine>
          <TextLink
            href={paths.connections(customerId)}
            prefetch={false}
            quiet
            className="inline-flex min-h-6 items-center text-muted"
          >
            {customerName}
          </TextLink>
        </SubLine>
        {calm.has(status) ? null : (
          <SubLine className="whitespace-normal md:hidden">{cause.happened}</SubLine>
        )}
      </TD>
      <TD>
        <StatusChip status={status} plain />
        {since && !calm.has(status) ? (
          <SubLine>
            <RelativeTime value={since} now={now} zone={null} prefix="since " />
          </SubLine>
        ) : null}
      </TD>
      <TD wide wrap className="min-w-[220px] text-secondary">
        {calm.has(status) ? null : (
          <>
            {cause.happened}
            {remedy ? <SubLine>{remedy.text}</SubLine> : null}
            {connection.code ? <SubLine className="font-mono">{connection.code}</SubLine> : null}
          </>
        )}
      </TD>
      <TD wide className="text-secondary">
        {lastSyncSucceededAt ? <RelativeTime value={lastSyncSucceededAt} now={now} zone={null} /> : "never"}
      </TD>
      <TD wide>
        {connection.requestId ? (
          <Copyable value={connection.requestId} label="Finch request" short />
        ) : calm.has(status) ? (
          <span className="text-muted">no trouble</span>
        ) : (
          <TextLink
            href={paths.adminActivity({ connection: connection.id, outcome: "failed", range: "7d" })}
            prefetch={false}
            quiet
            className="inline-flex min-h-6 items-center"
          >
            its failed requests
          </TextLink>
        )}
      </TD>
    </TR>
  );
}
