import { cn } from "@/components/ui/cn";
import type { Tone } from "@/components/ui/tone";
import { enumLabel } from "@/lib/format/enums";

const looks: Record<string, { tone: Tone; mark: string }> = {
  active: { tone: "healthy", mark: "rounded-full bg-tone-solid" },
  leave: { tone: "attention", mark: "rounded-[1px] bg-tone-solid" },
  onboarding: { tone: "waiting", mark: "rounded-full border-2 border-tone-solid" },
  prehire: { tone: "waiting", mark: "rounded-full border-2 border-tone-solid" },
};
const ended = { tone: "neutral" as const, mark: "h-0.5 bg-tone-solid" };

/** An employment status: shape, then word, then color. Unknown values stand as they came. */
export function EmploymentStatus({ status }: { status: string }) {
  const { tone, mark } = looks[status] ?? ended;
  return (
    <span data-tone={tone} className="inline-flex items-center gap-[7px]">
      <i aria-hidden="true" className={cn("size-[7px] flex-none", mark)} />
      {enumLabel("employmentStatus", status)}
    </span>
  );
}
