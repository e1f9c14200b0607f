import { eventText } from "@/components/connections/event-texts";
import { TextLink } from "@/components/ui/link";
import { RelativeTime } from "@/components/ui/relative-time";
import { Section } from "@/components/ui/section";
import { Timeline, TimelineItem } from "@/components/ui/timeline";
import type { ActivityView } from "@/lib/domain/overview/get-overview";
import { paths } from "@/lib/paths";

interface RecentActivityProps {
  customerId: string;
  events: readonly ActivityView[];
  now: Date;
  zone: string;
}

/** What happened lately, over all connections. */
export function RecentActivity({ customerId, events, now, zone }: RecentActivityProps) {
  if (events.length === 0) return null;
  return (
    <Section title="Lately">
      <Timeline>
        {events.map(({ at, connectionId, providerName, ...event }) => {
          const { node, what, more } = eventText(
            { ...event, at: at.toISOString(), requestId: null },
            providerName,
          );
          return (
            <TimelineItem
              key={event.id}
              node={node}
              meta={
                <>
                  <RelativeTime value={at} now={now} zone={zone} /> ·{" "}
                  <TextLink href={paths.connection(customerId, connectionId)}>{providerName}</TextLink>
                  {more ? ` · ${more}` : null}
                </>
              }
            >
              {what}
            </TimelineItem>
          );
        })}
      </Timeline>
    </Section>
  );
}
