import { Copyable } from "@/components/ui/copyable";
import { RelativeTime } from "@/components/ui/relative-time";
import { Section } from "@/components/ui/section";
import { StatusShape, type ShapeName } from "@/components/ui/status-shape";
import type { Tone } from "@/components/ui/tone";
import type { RuleChangeView } from "@/lib/domain/payroll/item-rules/views";

interface RuleChangesProps {
  changes: readonly RuleChangeView[];
  now: Date;
  zone: string;
}

const looks: Record<RuleChangeView["state"], { tone: Tone; shape: ShapeName; word: string }> = {
  queued: { tone: "waiting", shape: "hourglass", word: "On its way" },
  sending: { tone: "waiting", shape: "hourglass", word: "Finch is being asked" },
  done: { tone: "healthy", shape: "check", word: "Done" },
  failed: { tone: "failing", shape: "octagon", word: "Not done" },
  unknown: { tone: "attention", shape: "triangle", word: "Not known" },
};
const kinds: Record<RuleChangeView["kind"], string> = {
  create: "asked for a rule",
  update: "asked to change a rule",
  delete: "asked to delete a rule",
};

/** What was asked of Finch lately, and what came of it; a refusal with Finch's request id. */
export function RuleChanges({ changes, now, zone }: RuleChangesProps) {
  if (changes.length === 0) return null;
  return (
    <Section title="Asked of Finch lately">
      <ul className="text-sm">
        {changes.map(({ id, kind, state, message, requestId, by, at }) => (
          <li
            key={id}
            data-tone={looks[state].tone}
            className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2.5 border-b border-line py-2"
          >
            <StatusShape shape={looks[state].shape} className="mt-[3px]" />
            <div className="min-w-0">
              <span className="font-medium text-tone-text">{looks[state].word}</span>
              <span className="text-secondary">
                {": "}
                {by ?? "Perch"} {kinds[kind]}, <RelativeTime value={at} now={now} zone={zone} />
              </span>
              {message ? <p className="text-secondary">{message}</p> : null}
              {requestId && state !== "done" ? (
                <p className="flex flex-wrap items-center gap-x-2 text-xs text-secondary">
                  <span>Finch request</span>
                  <Copyable value={requestId} label="Finch request" />
                </p>
              ) : null}
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}
