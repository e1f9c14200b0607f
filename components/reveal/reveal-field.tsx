"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Masked } from "@/components/ui/value";
import type { ActionResult } from "@/lib/client/action-result";
import type { RevealedView } from "@/lib/domain/reveal/revealed";
import type { SecretPattern } from "./revealed-value";
import { useRevealed } from "./use-revealed";

// All that follows a press comes with the press: most readers of a page never do.
const parts = () => import("./reveal-dialog");
const RevealDialog = dynamic(() => parts().then((module) => module.RevealDialog), { ssr: false });
const RevealedValue = dynamic(() => parts().then((module) => module.RevealedValue), { ssr: false });
const Countdown = dynamic(() => parts().then((module) => module.Countdown), { ssr: false });

export interface RevealFieldProps<Target extends object> {
  lastFour: string | null;
  pattern: SecretPattern;
  /** "SSN of Hanna Abebe". */
  what: string;
  /** When it was encrypted, as a sentence's end: "since 3 Nov 2026". */
  sealed?: string;
  target: Target;
  reveal: (input: Target & { reason: string }) => Promise<ActionResult<RevealedView>>;
  suggestions: readonly string[];
  align?: "start" | "end";
}

/** A masked value with its last four, and the way to see all of it for a minute. */
export function RevealField<Target extends object>(props: RevealFieldProps<Target>) {
  const { lastFour, pattern, what, sealed, target, reveal, suggestions, align = "start" } = props;
  const { shown, show, hide } = useRevealed();
  const [open, setOpen] = useState(false);
  const [used, setUsed] = useState(false);

  return (
    <span className={cn("flex flex-col gap-1", align === "end" && "items-end")}>
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
        {shown ? (
          <RevealedValue value={shown.value} what={what} pattern={pattern} />
        ) : (
          <Masked lastFour={lastFour} pattern={pattern} reason={`${what}: sealed`} />
        )}
        {/* One button for both, so that focus stays where it was. */}
        <Button
          size="sm"
          aria-label={`${shown ? "Hide" : "Reveal"} ${what}`}
          onClick={() => {
            if (shown) return hide();
            setUsed(true);
            setOpen(true);
          }}
        >
          {shown ? "Hide" : "Reveal"}
        </Button>
      </span>
      {shown ? <Countdown secondsLeft={shown.secondsLeft} /> : null}
      {!shown && sealed ? <span className="text-xs text-muted">encrypted {sealed}</span> : null}
      <span role="status" className="sr-only">
        {shown ? `${what} is shown for 60 seconds` : used && !open ? `${what} is hidden` : ""}
      </span>
      {used ? (
        <RevealDialog
          open={open}
          onOpenChange={setOpen}
          what={what}
          suggestions={suggestions}
          onReveal={async (reason) => reveal({ ...target, reason })}
          onRevealed={show}
        />
      ) : null}
    </span>
  );
}
