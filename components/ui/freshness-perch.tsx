import type { ReactNode } from "react";
import { cn } from "./cn";
import type { Tone } from "./tone";

export interface FreshnessPerchProps {
  /** none: no data yet; late: past due, the line ends at the tick and goes on dashed. */
  state: "fresh" | "syncing" | "late" | "none";
  /** How far now stands between the last sync (0) and the next (1). */
  at?: number;
  /** "as of 2 h ago": what the drawing says at its left end. */
  asOf: ReactNode;
  /** "next in 22 h", "was due Nov 17": at its right end. */
  due?: ReactNode;
  /** Another tone than the state's own, e.g. neutral for a connection that lacks permission. */
  tone?: Tone;
  className?: string;
}

const tones: Record<FreshnessPerchProps["state"], Tone> = {
  fresh: "healthy",
  syncing: "waiting",
  late: "attention",
  none: "neutral",
};

const percent = (share: number) => `${Math.round(Math.min(1, Math.max(0, share)) * 100)}%`;

/** The line itself: from the last sync to when the next is due; what we hold sits on it. Decorative. */
export function Perch({
  state,
  at = 0,
  tone,
  className,
}: Pick<FreshnessPerchProps, "state" | "at" | "tone" | "className">) {
  const late = state === "late";
  return (
    <svg
      aria-hidden="true"
      data-tone={tone ?? tones[state]}
      className={cn("block h-3 w-full overflow-visible", className)}
    >
      {late ? (
        <>
          <rect y="8" width="74%" height="2" rx="1" className="fill-line-field" />
          <rect x="74%" y="6" width="2" height="6" rx="1" className="fill-line-field" />
          <line
            x1="75%"
            x2="100%"
            y1="9"
            y2="9"
            strokeWidth="2"
            strokeDasharray="4 3"
            className="stroke-tone-solid"
          />
          <Marker x="100%" offset={-8} />
        </>
      ) : (
        <>
          {state === "none" ? (
            <line
              x2="100%"
              y1="9"
              y2="9"
              strokeWidth="2"
              strokeDasharray="4 4"
              className="stroke-line-strong"
            />
          ) : (
            <rect y="8" width="100%" height="2" rx="1" className="fill-line-strong" />
          )}
          <svg x="100%" overflow="visible">
            <rect x="-2" y="6" width="2" height="6" rx="1" className="fill-line-field" />
          </svg>
          {state === "none" ? null : (
            <>
              <rect y="8" width={percent(at)} height="2" rx="1" className="fill-tone-solid" />
              <Marker x={percent(at)} offset={-4} />
            </>
          )}
        </>
      )}
    </svg>
  );
}

function Marker({ x, offset }: { x: string; offset: number }) {
  return (
    <svg x={x} overflow="visible">
      <path
        transform={`translate(${offset} 1)`}
        d="M0 4a4 4 0 0 1 8 0v4a1 1 0 0 1-1 1H1a1 1 0 0 1-1-1z"
        className="fill-tone-solid"
      />
    </svg>
  );
}

/** How old the data is and when newer comes: drawn, and said in words below. */
export function FreshnessPerch({ asOf, due, className, ...perch }: FreshnessPerchProps) {
  return (
    <div className={className}>
      <Perch {...perch} />
      <p className="mt-[3px] flex justify-between gap-2 text-xs leading-[1.35] text-muted">
        <span className="font-medium text-secondary">{asOf}</span>
        {due ? <span className="text-right">{due}</span> : null}
      </p>
    </div>
  );
}
