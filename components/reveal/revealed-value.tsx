"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { IconButton } from "@/components/ui/icon-button";

/** What the text says; how long a value stays is told with it. */
const visibleSeconds = 60;

export type SecretPattern = "ssn" | "account";

interface RevealedValueProps {
  value: string;
  /** "SSN of Hanna Abebe". */
  what: string;
  pattern: SecretPattern;
}

/** "123456789" as people read it out; anything else as it came. */
const spaced = (value: string) => value.replace(/^(\d{3})(\d{2})(\d{4})$/, "$1-$2-$3");

/** The value itself, with a button that copies it. It is on no screen reader's live region: focus reads it. */
export function RevealedValue({ value, what, pattern }: RevealedValueProps) {
  const [copied, setCopied] = useState(false);

  async function copy() {
    await navigator.clipboard.writeText(value);
    setCopied(true);
    window.setTimeout(() => setCopied(false), 1600);
  }

  return (
    <span className="inline-flex items-center gap-1">
      <span
        data-revealed=""
        className="rounded-sm bg-attention-bg px-1.5 py-0.5 font-mono text-sm font-medium text-ink select-all"
      >
        {pattern === "ssn" ? spaced(value) : value}
      </span>
      <IconButton label={`Copy ${what}`} size="sm" onClick={copy}>
        {copied ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
      </IconButton>
      <span role="status" className="sr-only">
        {copied ? "Copied" : ""}
      </span>
    </span>
  );
}

/** How long it is still there: a line that runs out, and the number. */
export function Countdown({ secondsLeft }: { secondsLeft: number }) {
  return (
    <span role="timer" className="flex items-center gap-2 text-xs text-secondary">
      <span aria-hidden="true" className="h-1 w-16 overflow-hidden rounded-sm bg-neutral-bg">
        <span
          className="block h-full origin-left bg-attention-solid transition-transform duration-300 ease-linear motion-reduce:transition-none"
          style={{ transform: `scaleX(${secondsLeft / visibleSeconds})` }}
        />
      </span>
      <span className="tabular-nums">hides in {secondsLeft} s</span>
    </span>
  );
}
