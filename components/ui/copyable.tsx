"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { cn } from "./cn";

export interface CopyableProps {
  value: string;
  /** What the value is, for the button's name: "Copy Finch request". */
  label?: string;
  /** Shows the first 8 and the last 4 characters; the whole is copied. */
  short?: boolean;
  /** Only the button, where there is no room for the id; it stands on hover. */
  iconOnly?: boolean;
  /** Shows groups of so many characters; the copy has no spaces. */
  groups?: number;
  className?: string;
}

/** An id in mono with a button that copies it and says so. */
export function Copyable({ value, label = "id", short, iconOnly, groups, className }: CopyableProps) {
  const [copied, setCopied] = useState(false);

  async function copy() {
    await navigator.clipboard.writeText(value);
    setCopied(true);
    window.setTimeout(() => setCopied(false), 1600);
  }

  const whole = groups ? value.replaceAll(new RegExp(`.{${groups}}(?=.)`, "g"), "$& ") : value;
  const shown = short && value.length > 14 ? `${value.slice(0, 8)}…${value.slice(-4)}` : whole;
  return (
    <span
      className={cn(
        "inline-flex items-center gap-1 font-mono text-xs text-secondary",
        short ? "whitespace-nowrap" : "max-md:[overflow-wrap:anywhere]",
        className,
      )}
    >
      {iconOnly ? null : <span title={short ? value : undefined}>{shown}</span>}
      <button
        type="button"
        title={iconOnly ? value : undefined}
        onClick={copy}
        aria-label={`Copy ${label} ${value}`}
        className="inline-grid size-6 flex-none place-items-center rounded-sm text-muted hover:bg-neutral-bg hover:text-ink"
      >
        {copied ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
      </button>
      <span role="status" className="sr-only">
        {copied ? "Copied" : ""}
      </span>
    </span>
  );
}
