"use client";

import { useQuery } from "@tanstack/react-query";
import { TextLink } from "@/components/ui/link";
import { RelativeTime } from "@/components/ui/relative-time";
import { Section } from "@/components/ui/section";
import { SubLine, Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import type { QuotaStateView, QuotaWaiterView } from "@/lib/domain/quota/views";
import { quotaQuery } from "@/lib/client/quota-query";
import type { QueryScope } from "@/lib/client/query-keys";
import { formatNumber } from "@/lib/format/money";
import { paths } from "@/lib/paths";
import { priorityWords } from "./quota-words";

const shown = 10;

/** Whose turn at Finch is next, by name; people who wait stand before what comes by itself. Nothing while nobody waits. */
export function WaitersPanel({ scope, initial }: { scope: QueryScope; initial: QuotaStateView }) {
  const { data: state } = useQuery({ ...quotaQuery(scope), initialData: initial });
  const { waiters, waiting, now } = state;
  if (waiting === 0) return null;
  const rest = waiting - Math.min(shown, waiters.length);
  return (
    <Section title="Who waits for Finch" note={`${formatNumber(waiting)}, in the order of their turns`}>
      <Table label="Who waits for Finch">
        <THead>
          <TR>
            <TH>For</TH>
            <TH>Quota</TH>
            <TH wide>Why</TH>
            <TH wide numeric>
              Since
            </TH>
          </TR>
        </THead>
        <TBody>
          {waiters.slice(0, shown).map((waiter, at) => (
            <Waiter
              key={`${waiter.key} ${waiter.connectionId ?? ""} ${waiter.since} ${at}`}
              waiter={waiter}
              now={now}
            />
          ))}
        </TBody>
      </Table>
      {rest > 0 ? <p className="pt-2 text-sm text-muted">and {formatNumber(rest)} more</p> : null}
    </Section>
  );
}

function Waiter({ waiter, now }: { waiter: QuotaWaiterView; now: string }) {
  const { key, priority, since, customerId, customerName, connectionId, providerName } = waiter;
  return (
    <TR>
      <TD rowHeader>
        {customerId && connectionId ? (
          <TextLink
            href={paths.connection(customerId, connectionId)}
            prefetch={false}
            quiet
            className="inline-flex min-h-6 items-center"
          >
            {customerName ?? "An employer"}
          </TextLink>
        ) : (
          (customerName ?? "Perch itself")
        )}
        {providerName ? <span className="ml-2 font-normal text-secondary">{providerName}</span> : null}
      </TD>
      <TD className="font-mono text-xs">
        {key}
        <SubLine className="font-sans md:hidden">{priorityWords[priority]}</SubLine>
      </TD>
      <TD wide className="text-secondary">
        {priorityWords[priority]}
      </TD>
      <TD wide numeric className="text-secondary">
        <RelativeTime value={since} now={now} zone={null} />
      </TD>
    </TR>
  );
}
