"use client";

import { Eye, History, Timer } from "lucide-react";
import { useState } from "react";
import { useStepUp } from "@/components/step-up/use-step-up";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent } from "@/components/ui/dialog";
import type { ActionResult } from "@/lib/client/action-result";
import type { RevealedView } from "@/lib/domain/reveal/revealed";
import { ReasonField } from "./reason-field";
import { useOpening } from "./use-opening";

export { Countdown, RevealedValue } from "./revealed-value";

interface RevealDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** "SSN of Hanna Abebe". */
  what: string;
  suggestions: readonly string[];
  onReveal: (reason: string) => Promise<ActionResult<RevealedView>>;
  onRevealed: (view: RevealedView) => void;
}

const facts = [
  { icon: History, text: "Your name and reason are written to the audit before it opens." },
  { icon: Timer, text: "It shows for 60 seconds, and hides when you leave the page or the tab." },
  { icon: Eye, text: "Only you see it: it is in no search, export or log." },
];

/** Asks why, asks for the second factor where it is due, and hands the value over. */
export function RevealDialog({ open, onOpenChange, ...form }: RevealDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title={`Reveal the ${form.what}`}>
        <ul className="mb-4 grid gap-1.5 text-sm text-secondary">
          {facts.map(({ icon: Icon, text }) => (
            <li key={text} className="grid grid-cols-[16px_1fr] gap-2 leading-[1.45] [&_svg]:mt-0.5">
              <Icon size={14} aria-hidden="true" />
              <span>{text}</span>
            </li>
          ))}
        </ul>
        <RevealForm {...form} onDone={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

type RevealFormProps = Omit<RevealDialogProps, "open" | "onOpenChange" | "what"> & { onDone: () => void };

function RevealForm({ suggestions, onReveal, onRevealed, onDone }: RevealFormProps) {
  const { run, dialog } = useStepUp();
  const [reason, setReason] = useState("");
  const { pending, error, submit } = useOpening(async () => {
    const result = await run(() => onReveal(reason));
    if (!result.ok) return result.error;
    onRevealed(result.data);
    onDone();
    return null;
  });

  return (
    <>
      <form onSubmit={submit} noValidate className="grid gap-4">
        <ReasonField
          value={reason}
          onChange={setReason}
          suggestions={suggestions}
          error={error?.field === "reason" ? error.message : undefined}
          minLength={8}
        />
        {error && error.field !== "reason" && error.code !== "STEP_UP_REQUIRED" ? (
          <Banner tone="attention" role="alert" headingLevel={3} title="It stays hidden">
            {error.message}
          </Banner>
        ) : null}
        <div className="-mx-5 -mb-4 flex justify-end gap-2 border-t border-line px-5 py-3">
          <DialogClose asChild>
            <Button>Cancel</Button>
          </DialogClose>
          <Button type="submit" variant="primary" pending={pending} pendingLabel="Opening…">
            Reveal for 60 seconds
          </Button>
        </div>
      </form>
      {dialog}
    </>
  );
}
