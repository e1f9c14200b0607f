import type { ReactNode } from "react";
import { cn } from "./cn";
import { StatusShape, type ShapeName } from "./status-shape";
import type { Tone } from "./tone";

export type StepState = "done" | "running" | "waiting" | "failed" | "skipped" | "pending" | "attention";

export interface Step {
  key: string;
  label: string;
  state: StepState;
  /** Count or cause: "48 people", "401 reauthenticate_user". */
  detail?: ReactNode;
  /** Requests and time, at the right end. */
  meta?: ReactNode;
  /** Behind it: a button that copies an id. */
  action?: ReactNode;
  /** Below the row, over its whole width: what a failure means, and what to do. */
  note?: ReactNode;
  /** 0 to 1, while running and where the total is known. */
  progress?: number | null;
}

const stepLooks: Record<StepState, { tone: Tone; shape: ShapeName; word: string }> = {
  done: { tone: "healthy", shape: "check", word: "done" },
  running: { tone: "waiting", shape: "ring", word: "running" },
  waiting: { tone: "waiting", shape: "hourglass", word: "waiting" },
  failed: { tone: "failing", shape: "octagon", word: "failed" },
  attention: { tone: "attention", shape: "diamond", word: "needs attention" },
  skipped: { tone: "neutral", shape: "struck", word: "skipped" },
  pending: { tone: "neutral", shape: "open", word: "not started" },
};

/** One row a step: shape, name, count or cause, requests and time. */
export function StepList({ steps, label, className }: { steps: Step[]; label?: string; className?: string }) {
  return (
    <ol aria-label={label} className={cn("text-sm", className)}>
      {steps.map((step) => {
        const look = stepLooks[step.state];
        const quiet = step.state === "pending" || step.state === "skipped";
        return (
          <li
            key={step.key}
            data-tone={look.tone}
            aria-current={step.state === "running" ? "step" : undefined}
            className="grid min-h-[33px] grid-cols-[16px_minmax(90px,1fr)_auto_24px] items-center gap-x-2.5 border-b border-line py-1 md:grid-cols-[16px_150px_minmax(0,1fr)_auto_24px]"
          >
            <StatusShape shape={look.shape} className="size-3.5" />
            <span className={quiet ? "text-muted" : "font-medium"}>
              {step.label}
              <span className="sr-only">: {look.word}</span>
            </span>
            <span
              className={cn(
                "text-xs max-md:col-span-3 max-md:col-start-2 max-md:row-start-2",
                step.state === "failed" || step.state === "attention" ? "text-tone-text" : "text-muted",
              )}
            >
              {step.detail ?? (quiet ? look.word : null)}
              {step.state === "running" && typeof step.progress === "number" ? (
                <ProgressBar value={step.progress} label={step.label} className="mt-1 max-w-[220px]" />
              ) : null}
            </span>
            <span className="text-right text-xs whitespace-nowrap text-muted tabular-nums">{step.meta}</span>
            <span className="grid size-6 place-items-center">{step.action}</span>
            {step.note ? <div className="col-span-full pb-1.5 pl-[26px] text-xs">{step.note}</div> : null}
          </li>
        );
      })}
    </ol>
  );
}

const clamp = (share: number) => Math.min(1, Math.max(0, share));

/** A 4 px bar. `label` names what advances. */
export function ProgressBar({
  value,
  label,
  className,
}: {
  value: number;
  label: string;
  className?: string;
}) {
  const percent = Math.round(clamp(value) * 100);
  return (
    <svg
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
      className={cn(
        "block h-1 w-full rounded-[2px] bg-neutral-bg shadow-[inset_0_0_0_1px_var(--line)]",
        className,
      )}
    >
      <rect width={`${percent}%`} height="4" className="fill-waiting-solid" />
    </svg>
  );
}

export interface StepSegmentsProps {
  total?: number;
  /** Steps that are done. */
  done: number;
  /** 0 to 1 within the running step. */
  progress?: number | null;
  /** "Step 7 of 9: pay statements". */
  label: string;
  /** "31 / 58", at the right end. */
  count?: ReactNode;
  tone?: Tone;
  className?: string;
}

/** Small: one 4 px segment a step and one line of text. */
export function StepSegments({
  total = 9,
  done,
  progress,
  label,
  count,
  tone = "waiting",
  className,
}: StepSegmentsProps) {
  return (
    <div data-tone={tone} className={className}>
      <div
        role="progressbar"
        aria-label="Sync progress"
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={done}
        aria-valuetext={label}
        className="flex gap-[3px]"
      >
        {Array.from({ length: total }, (_, index) => (
          <svg
            key={index}
            aria-hidden="true"
            className={cn(
              "h-1 flex-1 rounded-[1px]",
              index > done && "bg-neutral-bg shadow-[inset_0_0_0_1px_var(--line-strong)]",
              index === done && "bg-tone-line",
            )}
          >
            <rect
              width={
                index < done ? "100%" : index === done ? `${Math.round(clamp(progress ?? 0.5) * 100)}%` : 0
              }
              height="4"
              className="fill-tone-solid"
            />
          </svg>
        ))}
      </div>
      <p className="mt-[5px] flex justify-between gap-2 text-xs leading-[1.3] text-secondary">
        <span>{label}</span>
        {count ? <span className="whitespace-nowrap">{count}</span> : null}
      </p>
    </div>
  );
}
