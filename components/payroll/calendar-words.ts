import type { StatusLook } from "@/components/ui/status-chip";
import type {
  Confidence,
  GroupCalendar,
  NotForetold,
  PayDateSource,
} from "@/lib/domain/payroll/calendar/group-calendar";

/** What is known of pay dates, in words. */

export const sourceLooks: Record<PayDateSource, StatusLook> = {
  entered: { tone: "healthy", shape: "check", label: "entered" },
  confirmed: { tone: "healthy", shape: "check", label: "confirmed" },
  scheduled: { tone: "healthy", shape: "check", label: "scheduled" },
  expected: { tone: "waiting", shape: "clock", label: "expected" },
};

export const unknownLook: StatusLook = { tone: "neutral", shape: "dashed", label: "unknown" };

const sureness: Record<Confidence, string> = { high: "surely", medium: "likely", low: "perhaps" };

/** "likely: 7 of the last 8 runs fit" */
export const confidenceWords = ({
  confidence,
  explained,
}: Pick<GroupCalendar, "confidence" | "explained">) =>
  confidence ? `${sureness[confidence]}: ${explained.runs} of the last ${explained.of} runs fit` : null;

export const unknownWords: Record<NotForetold, string> = {
  several_frequencies: "Finch gives more than one frequency for it",
  no_frequency: "Finch gives no frequency for it",
  other_frequency: "its frequency has no rhythm that can be foretold",
  too_few_runs: "fewer than three regular runs are known",
  irregular: "its pay dates follow no rhythm",
};

export const movedWords = (movedBy: string | null): string | null =>
  movedBy === null ? null : movedBy === "weekend" ? "moved off a weekend" : `moved for ${movedBy}`;
