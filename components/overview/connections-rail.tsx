import { ConnectionFreshness } from "@/components/connections/connection-freshness";
import { LinkButton } from "@/components/ui/button";
import { TextLink } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { StatusChip } from "@/components/ui/status-chip";
import type { OverviewView } from "@/lib/domain/overview/get-overview";
import { paths } from "@/lib/paths";

const shownConnections = 6;

/** The connections with their health and the age of their data. */
export function ConnectionsRail({ customerId, view }: { customerId: string; view: OverviewView }) {
  const { connections, timeZone, now, mayConnect } = view;
  const shown = connections.slice(0, shownConnections);
  return (
    <Section
      title="Connections"
      aside={
        <TextLink href={paths.connections(customerId)} quiet>
          {connections.length > shown.length ? `All ${connections.length}` : "All"}
        </TextLink>
      }
    >
      <ul>
        {shown.map((connection) => (
          <li key={connection.id} className="border-b border-line py-3">
            <p className="mb-1 flex items-center gap-2 text-sm">
              <TextLink
                href={paths.connection(customerId, connection.id)}
                quiet
                className="font-medium text-ink"
              >
                {connection.providerName}
              </TextLink>
              <span className="min-w-0 flex-1 truncate text-muted">{connection.accountName}</span>
              <StatusChip status={connection.status} plain />
            </p>
            <ConnectionFreshness connection={connection} zone={timeZone} now={now.toISOString()} />
          </li>
        ))}
      </ul>
      {mayConnect && connections.length > 0 ? (
        <p className="pt-3">
          <LinkButton size="sm" href={paths.connectNew(customerId)}>
            Connect another provider
          </LinkButton>
        </p>
      ) : null}
    </Section>
  );
}
