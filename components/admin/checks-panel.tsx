import { TextLink } from "@/components/ui/link";
import { RelativeTime } from "@/components/ui/relative-time";
import { Section } from "@/components/ui/section";
import { Chip } from "@/components/ui/status-chip";
import { SubLine, Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
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
  totals: "Are the sums of the year right?",
};

/** What the nightly checks of the mirror against itself came to. */
export function ChecksPanel({ checks }: { checks: FleetChecksView }) {
  const { kinds, differences, now } = checks;
  return (
    <Section title="Nightly checks" note="of the last 26 hours, the mirror against itself">
      <Table label="Nightly checks">
        <THead>
          <TR>
            <TH>Question</TH>
            <TH>Answer</TH>
            <TH numeric wide>
              Connections
            </TH>
            <TH numeric wide>
              Rows
            </TH>
            <TH wide numeric>
              Last
            </TH>
          </TR>
        </THead>
        <TBody>
          {kinds.map((kind) => (
            <Kind key={kind.kind} kind={kind} now={now} />
          ))}
        </TBody>
      </Table>
      {differences.length > 0 ? <Differences differences={differences} now={now} /> : null}
    </Section>
  );
}

const none = <span className="text-muted">none</span>;

function Kind({ kind, now }: { kind: FleetCheckKind; now: Date }) {
  const { connections, checked, lastAt, unchecked } = kind;
  return (
    <TR>
      <TD rowHeader wrap>
        {names[kind.kind]}
      </TD>
      <TD wrap>
        <Answer kind={kind} />
      </TD>
      <TD numeric wide>
        {connections > 0 ? formatNumber(connections) : none}
        {unchecked > 0 ? <SubLine>{formatNumber(unchecked)} without a check</SubLine> : null}
      </TD>
      <TD numeric wide>
        {connections > 0 ? formatNumber(checked) : none}
      </TD>
      <TD wide numeric className="text-secondary">
        {lastAt ? (
          <RelativeTime value={lastAt} now={now} zone={null} />
        ) : (
          <span className="text-muted">not yet</span>
        )}
      </TD>
    </TR>
  );
}

function Answer({ kind: { connections, differences, repaired } }: { kind: FleetCheckKind }) {
  if (connections === 0)
    return (
      <Chip plain tone="neutral" shape="dashed">
        Not checked yet
      </Chip>
    );
  if (differences > repaired)
    return (
      <Chip plain tone="attention" shape="triangle">
        {formatCount(differences, "difference")}
        {repaired > 0 ? `, ${formatNumber(repaired)} put right` : null}
      </Chip>
    );
  return (
    <Chip plain tone="healthy" shape="check">
      {differences > 0 ? `Yes, after ${formatNumber(repaired)} put right` : "Yes"}
    </Chip>
  );
}

function Differences({ differences, now }: { differences: readonly FleetDifference[]; now: Date }) {
  return (
    <>
      <h3 className="pt-4 pb-1 text-xs font-medium text-muted">What differed this week</h3>
      <ul>
        {differences.slice(0, shown).map((difference) => (
          <Difference key={difference.id} difference={difference} now={now} />
        ))}
      </ul>
      {differences.length > shown ? (
        <p className="pt-2 text-xs text-muted">and {formatNumber(differences.length - shown)} more</p>
      ) : null}
    </>
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
