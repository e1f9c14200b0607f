import { Section } from "@/components/ui/section";
import { Timeline, TimelineItem } from "@/components/ui/timeline";
import { formatInstant, zoneName } from "@/lib/format/dates";
import type { TimelineEventView } from "@/lib/domain/connections/views";
import { eventText } from "./event-texts";

interface ConnectionTimelineProps {
  timeline: readonly TimelineEventView[];
  providerName: string;
  timeZone: string;
  now: Date;
}

/** What happened to the connection, newest first, and who did it. */
export function ConnectionTimeline({ timeline, providerName, timeZone, now }: ConnectionTimelineProps) {
  return (
    <Section title="Timeline" aside={<span className="text-muted">times in {zoneName(now, timeZone)}</span>}>
      {timeline.length === 0 ? (
        <p className="pt-3 text-sm text-muted">Nothing has happened yet.</p>
      ) : (
        <Timeline>
          {timeline.map((event) => {
            const { node, what, more } = eventText(event, providerName);
            const when = formatInstant(event.at, timeZone, { now });
            return (
              <TimelineItem key={event.id} node={node} meta={more ? `${when} · ${more}` : when}>
                {what}
              </TimelineItem>
            );
          })}
        </Timeline>
      )}
    </Section>
  );
}
