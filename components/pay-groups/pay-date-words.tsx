import { Chip } from "@/components/ui/status-chip";
import type { ShapeName } from "@/components/ui/status-shape";
import type { Tone } from "@/components/ui/tone";
import type { PayDateView, PayGroupView } from "@/lib/domain/pay-groups/views";

const sources: Record<PayDateView["source"], { tone: Tone; shape: ShapeName; word: string; means: string }> =
  {
    entered: { tone: "healthy", shape: "check", word: "Entered", means: "Entered by you or your team" },
    confirmed: {
      tone: "healthy",
      shape: "check",
      word: "Confirmed",
      means: "Expected, and confirmed by your team",
    },
    scheduled: {
      tone: "waiting",
      shape: "clock",
      word: "Scheduled",
      means: "A run that the provider has scheduled",
    },
    expected: { tone: "neutral", shape: "dashed", word: "Expected", means: "Counted on from past runs" },
  };

const confidences = { high: "high confidence", medium: "medium confidence", low: "low confidence" };

interface PayDateSourceProps {
  date: Pick<PayDateView, "source" | "movedBy">;
  confidence: PayGroupView["confidence"];
}

/** Where a pay date comes from, and how sure it is. */
export function PayDateSource({ date, confidence }: PayDateSourceProps) {
  const { tone, shape, word, means } = sources[date.source];
  const moved = date.movedBy === null ? null : date.movedBy === "weekend" ? "a weekend" : date.movedBy;
  return (
    <span title={means}>
      <Chip tone={tone} shape={shape} plain>
        {word}
        {date.source === "expected" && confidence ? `, ${confidences[confidence]}` : null}
      </Chip>
      {moved ? <span className="block text-xs text-muted">moved by {moved}</span> : null}
    </span>
  );
}

const reasons: Record<NonNullable<PayGroupView["reason"]>, string> = {
  several_frequencies: "Several frequencies: no dates can be expected.",
  no_frequency: "The provider gives no frequency.",
  other_frequency: "This frequency has no cycle to expect.",
  too_few_runs: "Dates are expected from three regular runs on.",
  irregular: "Past runs follow no cycle.",
};

/** Why no pay date is expected, in a sentence. */
export const whyUnknown = (reason: PayGroupView["reason"]) =>
  reason === null ? "Nothing is expected within half a year." : reasons[reason];
