"use client";

import { useQuery } from "@tanstack/react-query";
import { StaleNotice } from "@/components/connections/stale-notice";
import { Section } from "@/components/ui/section";
import type { QuotaGaugeView, QuotaStateView } from "@/lib/domain/quota/views";
import { quotaQuery } from "@/lib/client/quota-query";
import type { QueryScope } from "@/lib/client/query-keys";
import { formatCount } from "@/lib/format/money";
import { QuotaGauge } from "./quota-gauge";
import { backlogSays, inOrder, isShown } from "./quota-words";

interface QuotaPanelProps {
  scope: QueryScope;
  initial: QuotaStateView;
}

/** Finch's windows as gauges, kept up to date: how full, who waits, how long until nobody does. */
export function QuotaPanel({ scope, initial }: QuotaPanelProps) {
  const { data: state, isError } = useQuery({ ...quotaQuery(scope), initialData: initial });
  const shown = inOrder(state.endpoints.filter(isShown));
  const idle = state.endpoints.length - shown.length;
  return (
    <Section title="Finch quota" note="of this application, by endpoint">
      {isError ? <StaleNotice now={state.now} zone="UTC" /> : null}
      <Gauges label="Quota by endpoint" gauges={shown} now={state.now} />
      {state.addresses
        .map(({ egress }) => egress)
        .filter(isFirst)
        .map((egress) => (
          <div key={egress}>
            <p className="pt-3 pb-1 text-xs text-muted">
              Address <span className="font-mono">{egress}</span>
            </p>
            <Gauges
              label={`Quota of the address ${egress}`}
              gauges={state.addresses.filter((each) => each.egress === egress)}
              now={state.now}
            />
          </div>
        ))}
      <p className="pt-2.5 text-xs text-secondary">
        <b className="font-medium text-ink">{backlogSays(state)}</b>{" "}
        {idle > 0 ? `${formatCount(idle, "endpoint")} without a documented limit idle. ` : null}
        The ceiling is Finch&rsquo;s, for the whole installation.
      </p>
    </Section>
  );
}

const isFirst = (value: string, at: number, all: readonly string[]) => all.indexOf(value) === at;

function Gauges({ label, gauges, now }: { label: string; gauges: readonly QuotaGaugeView[]; now: string }) {
  if (gauges.length === 0)
    return (
      <p className="border-b border-line py-2 text-sm text-secondary">
        No process has said yet which quotas it needs. The gauges appear with the first worker.
      </p>
    );
  return (
    <ul aria-label={label}>
      {gauges.map((gauge) => (
        <QuotaGauge key={gauge.key} gauge={gauge} now={now} />
      ))}
    </ul>
  );
}
