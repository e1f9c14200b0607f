import { TextLink } from "@/components/ui/link";
import { RelativeTime } from "@/components/ui/relative-time";
import { Section } from "@/components/ui/section";
import { Chip } from "@/components/ui/status-chip";
import type {
  FleetCheckKind,
  FleetChecksView,
  FleetDifference,
} from "@/lib/domain/reconcile/get-fleet-checks";
import { formatCount, formatNumber } from "@/lib/format/money";
import { paths } from "@/lib/paths";

const shown = 5;
const names: Record<FleetCheckKind["kind"], string> = {
  reconcile: "Is the mirror complete?",
  totals: "Are the year's sums right?",
};

/** What the nightly checks of the mirror against itself came to. */
export function ChecksPanel({ checks }: { checks: FleetChecksView }) {
  const { kinds, differences, now } = checks;
  return (
    <Section title="Nightly checks" note="of the last 26 hours">
      <ul>
        {kinds.map((kind) => (
          <Kind key={kind.kind} kind={kind} now={now} />
        ))}
      </ul>
      {differences.length > 0 ? (
        <>
          <h3 className="pt-3 text-xs font-medium text-muted">What differed this week</h3>
          <ul>
            {differences.slice(0, shown).map((difference) => (
              <Difference key={difference.id} difference={difference} now={now} />
            ))}
          </ul>
          {differences.length > shown ? (
            <p className="pt-2 text-xs text-muted">and {formatNumber(differences.length - shown)} more</p>
          ) : null}
        </>
      ) : null}
    </Section>
  );
}

function Kind({ kind, now }: { kind: FleetCheckKind; now: Date }) {
  const { connections, checked, differences, repaired, lastAt, unchecked } = kind;
  return (
    <li className="border-b border-line py-2 text-sm">
      <div className="flex flex-wrap items-center justify-between gap-x-3">
        <span className="text-secondary">{names[kind.kind]}</span>
        {connections === 0 ? (
          <Chip plain tone="neutral" shape="dashed">
            not checked yet
          </Chip>
        ) : differences > repaired ? (
          <Chip plain tone="attention" shape="triangle">
            {formatCount(differences, "difference")}
          </Chip>
        ) : (
          <Chip plain tone="healthy" shape="check">
            {differences > 0 ? `${formatNumber(repaired)} put right` : "equal"}
          </Chip>
        )}
      </div>
      <p className="text-xs text-muted">
        {connections > 0
          ? `${formatCount(checked, "row")} of ${formatCount(connections, "connection")}`
          : null}
        {lastAt ? (
          <>
            , <RelativeTime value={lastAt} now={now} zone={null} />
          </>
        ) : null}
        {unchecked > 0
          ? `${connections > 0 ? "; " : ""}${formatCount(unchecked, "connection")} without a check`
          : null}
      </p>
    </li>
  );
}

function Difference({ difference, now }: { difference: FleetDifference; now: Date }) {
  const { customerId, customerName, connectionId, providerName, counts, startedAt } = difference;
  return (
    <li className="border-b border-line py-1.5 text-xs">
      <div className="flex flex-wrap items-baseline gap-x-2">
        <TextLink
          href={paths.connection(customerId, connectionId)}
          prefetch={false}
          quiet
          className="inline-block min-h-6 text-sm leading-6"
        >
          {customerName}
        </TextLink>
        <span className="text-secondary">{providerName}</span>
        <RelativeTime value={startedAt} now={now} zone={null} className="ml-auto text-muted" />
      </div>
      {counts.map(({ kind, label, count }) => (
        <p key={kind} className="text-secondary">
          {label}: {formatNumber(count)}
        </p>
      ))}
    </li>
  );
}
