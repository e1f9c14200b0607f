import type { ReactNode } from "react";
import { cn } from "./cn";

export type ShapeName =
  | "check"
  | "ring"
  | "hourglass"
  | "clock"
  | "triangle"
  | "diamond"
  | "octagon"
  | "dashed"
  | "struck"
  | "open"
  | "dot";

const cut = { stroke: "var(--c-bg)", fill: "none", strokeLinecap: "round", strokeLinejoin: "round" } as const;
const line = {
  stroke: "currentColor",
  fill: "none",
  strokeLinecap: "round",
  strokeLinejoin: "round",
} as const;

const shapes: Record<ShapeName, ReactNode> = {
  check: (
    <>
      <circle cx="6" cy="6" r="5.5" fill="currentColor" />
      <path d="m3.6 6.2 1.7 1.7 3.2-3.6" {...cut} strokeWidth="1.5" />
    </>
  ),
  ring: (
    <g className="animate-turn">
      <path d="M6 1a5 5 0 1 1-4.6 3" {...line} strokeWidth="1.8" />
    </g>
  ),
  hourglass: (
    <path
      d="M2.5 1h7M2.5 11h7M3.5 1v2.2L6 6l2.5-2.8V1M3.5 11V8.8L6 6l2.5 2.8V11"
      {...line}
      strokeWidth="1.3"
    />
  ),
  clock: (
    <>
      <circle cx="6" cy="6" r="5" {...line} strokeWidth="1.5" />
      <path d="M6 3.3V6l1.8 1.2" {...line} strokeWidth="1.5" />
    </>
  ),
  triangle: (
    <>
      <path d="M6 .8 11.6 11H.4z" fill="currentColor" stroke="currentColor" strokeLinejoin="round" />
      <path d="M6 4.3v3M6 9.2v.01" {...cut} strokeWidth="1.4" />
    </>
  ),
  diamond: (
    <>
      <path d="M6 .3 11.7 6 6 11.7.3 6z" fill="currentColor" />
      <path d="M4.1 6h3.8" {...cut} strokeWidth="1.5" />
    </>
  ),
  octagon: (
    <>
      <path d="M3.7.5h4.6l3.2 3.2v4.6l-3.2 3.2H3.7L.5 8.3V3.7z" fill="currentColor" />
      <path d="m4.2 4.2 3.6 3.6M7.8 4.2 4.2 7.8" {...cut} strokeWidth="1.4" />
    </>
  ),
  dashed: (
    <circle
      cx="6"
      cy="6"
      r="4.75"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeDasharray="2.2 1.53"
    />
  ),
  struck: (
    <>
      <circle cx="6" cy="6" r="4.75" {...line} strokeWidth="1.5" />
      <path d="m2.8 9.2 6.4-6.4" {...line} strokeWidth="1.5" strokeLinecap="butt" />
    </>
  ),
  open: <circle cx="6" cy="6" r="4.75" {...line} strokeWidth="1.3" />,
  dot: <circle cx="6" cy="6" r="3" fill="currentColor" />,
};

/** The shape of a status, colored by the nearest `data-tone`. Decorative: a word stands beside it. */
export function StatusShape({ shape, className }: { shape: ShapeName; className?: string }) {
  return (
    <svg viewBox="0 0 12 12" aria-hidden="true" className={cn("size-3 flex-none text-tone-solid", className)}>
      {shapes[shape]}
    </svg>
  );
}
