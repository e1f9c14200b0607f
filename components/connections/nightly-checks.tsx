import { Section } from "@/components/ui/section";
import { Chip } from "@/components/ui/status-chip";
import { formatInstant } from "@/lib/format/dates";
import { formatCount, formatNumber } from "@/lib/format/money";
import type { CheckView } from "@/lib/domain/reconcile/to-check-view";

interface NightlyChecksProps {
  checks: { reconcile: CheckView | null; totals: CheckView | null };
  zone: string;
  now: string;
}

const titles = { reconcile: "Is everything here?", totals: "Do the totals add up?" };
const goods = { reconcile: "nothing is missing", totals: "every sum equals its statements" };

function Result({ check, kind }: { check: CheckView; kind: keyof typeof titles }) {
  const { differences, repaired, checked } = check;
  if (differences === 0) {
    return (
      <Chip plain tone="healthy" shape="check">
        {goods[kind]}, {formatCount(checked, "row")} looked at
      </Chip>
    );
  }
  const mended = repaired >= differences;
  return (
    <Chip plain tone="attention" shape={mended ? "clock" : "triangle"}>
      {formatCount(differences, "difference")}, {mended ? "all" : formatNumber(repaired)} put right
    </Chip>
  );
}

function Check({
  check,
  kind,
  zone,
  now,
}: {
  check: CheckView | null;
  kind: keyof typeof titles;
  zone: string;
  now: string;
}) {
  return (
    <li className="border-b border-line py-2">
      <p className="flex flex-wrap justify-between gap-x-3">
        <span className="font-medium">{titles[kind]}</span>
        <span className="text-xs text-muted">
          {check ? formatInstant(check.startedAt, zone, { now: new Date(now) }) : "not yet"}
        </span>
      </p>
      {check ? (
        <>
          <Result check={check} kind={kind} />
          {check.counts.length > 0 ? (
            <ul className="text-xs text-secondary">
              {check.counts.map(({ kind: what, label, count }) => (
                <li key={what}>
                  {label}: {formatNumber(count)}
                </li>
              ))}
            </ul>
          ) : null}
        </>
      ) : (
        <p className="text-xs text-muted">Looked at every night, after the first sync.</p>
      )}
    </li>
  );
}

/** What the mirror found when it last checked itself. */
export function NightlyChecks({ checks, zone, now }: NightlyChecksProps) {
  return (
    <Section title="Nightly checks">
      <ul className="text-sm">
        <Check kind="reconcile" check={checks.reconcile} zone={zone} now={now} />
        <Check kind="totals" check={checks.totals} zone={zone} now={now} />
      </ul>
    </Section>
  );
}
