import { TextLink } from "@/components/ui/link";
import { RelativeTime } from "@/components/ui/relative-time";
import { Section } from "@/components/ui/section";
import type { QuotaStateView, QuotaWaiterView } from "@/lib/domain/quota/views";
import { formatNumber } from "@/lib/format/money";
import { paths } from "@/lib/paths";
import { priorityWords } from "./quota-words";

const shown = 8;

/** Whose turn is next, by name; people who wait stand before what comes by itself. */
export function WaitersList({ state }: { state: QuotaStateView }) {
  const { waiters, waiting, now } = state;
  if (waiting === 0) return null;
  const rest = waiting - Math.min(shown, waiters.length);
  return (
    <Section title="Who waits for Finch" note={`${formatNumber(waiting)}, in the order of their turns`}>
      <ol>
        {waiters.slice(0, shown).map((waiter, at) => (
          <Waiter
            key={`${waiter.key} ${waiter.connectionId ?? ""} ${waiter.since} ${at}`}
            waiter={waiter}
            now={now}
          />
        ))}
      </ol>
      {rest > 0 ? <p className="pt-2 text-xs text-muted">and {formatNumber(rest)} more</p> : null}
    </Section>
  );
}

function Waiter({ waiter, now }: { waiter: QuotaWaiterView; now: string }) {
  const { key, priority, since, customerId, customerName, connectionId, providerName } = waiter;
  return (
    <li className="border-b border-line py-1.5 text-xs">
      <div className="flex flex-wrap items-baseline gap-x-2">
        <span className="min-w-0 truncate text-sm">
          {customerId && connectionId ? (
            <TextLink
              href={paths.connection(customerId, connectionId)}
              prefetch={false}
              quiet
              className="inline-block min-h-6 leading-6"
            >
              {customerName ?? "An employer"}
            </TextLink>
          ) : (
            (customerName ?? "Perch itself")
          )}
        </span>
        <span className="text-secondary">{providerName}</span>
        <span className="ml-auto font-mono text-secondary">{key}</span>
      </div>
      <p className="text-muted">
        {priorityWords[priority]}, <RelativeTime value={since} now={now} zone={null} prefix="since " />
      </p>
    </li>
  );
}
