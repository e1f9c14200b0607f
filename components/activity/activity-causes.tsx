import { RelativeTime } from "@/components/ui/relative-time";
import { Section } from "@/components/ui/section";
import { StatusShape } from "@/components/ui/status-shape";
import { RowLink, SubLine, Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import type { ActivityCauseView, ActivityView } from "@/lib/domain/activity/views";
import { formatCount, formatNumber } from "@/lib/format/money";
import { activityHref, outcomesCalled, withActivity, type ActivityAddress } from "./activity-url";

/** What failed in this time, by cause, each with what helps; one press shows its requests. */
export function ActivityCauses({ view, address }: { view: ActivityView; address: ActivityAddress }) {
  const { causes, now } = view;
  if (causes.length === 0) return null;
  return (
    <Section title="What failed" note="by cause, the most frequent first" className="mb-7">
      <Table label="What failed" density="relaxed">
        <THead>
          <TR>
            <TH>Cause</TH>
            <TH numeric>Requests</TH>
            <TH wide>What to do</TH>
            <TH wide numeric>
              Last
            </TH>
          </TR>
        </THead>
        <TBody>
          {causes.map((cause) => (
            <Cause
              key={`${cause.outcome} ${cause.finchCode ?? ""}`}
              cause={cause}
              address={address}
              now={now}
            />
          ))}
        </TBody>
      </Table>
    </Section>
  );
}

interface CauseProps {
  cause: ActivityCauseView;
  address: ActivityAddress;
  now: Date;
}

function Cause({ cause, address, now }: CauseProps) {
  const { outcome, finchCode, label, happened, todo, requests, connections, lastAt } = cause;
  const href = activityHref(
    withActivity(address, {
      outcomes: outcomesCalled(outcome),
      ...(finchCode ? { finchCodes: [finchCode] } : {}),
    }),
  );
  return (
    <TR>
      <TD rowHeader wrap className="pt-2 align-top">
        <span data-tone="failing" className="flex gap-2">
          <StatusShape shape="octagon" className="mt-[3px]" />
          <span className="min-w-0">
            <RowLink href={href} scroll={false} prefetch={false} className="inline-block py-0">
              {label}
            </RowLink>
            {finchCode ? <SubLine className="font-mono [overflow-wrap:anywhere]">{finchCode}</SubLine> : null}
            <SubLine className="text-secondary md:hidden">{todo}</SubLine>
          </span>
        </span>
      </TD>
      <TD numeric className="pt-2 align-top">
        {formatNumber(requests)}
        <SubLine>{connections > 0 ? formatCount(connections, "connection") : "no connection"}</SubLine>
      </TD>
      <TD wide wrap className="pt-2 align-top text-secondary">
        <span className="block max-w-[72ch] text-ink">{happened}</span>
        <SubLine className="max-w-[80ch] text-secondary">{todo}</SubLine>
      </TD>
      <TD wide numeric className="pt-2 align-top text-secondary">
        <RelativeTime value={lastAt} now={now} zone={null} />
      </TD>
    </TR>
  );
}
