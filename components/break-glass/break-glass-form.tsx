"use client";

import { useState } from "react";
import { ReasonField } from "@/components/reveal/reason-field";
import { Countdown, RevealedValue } from "@/components/reveal/revealed-value";
import { useOpening } from "@/components/reveal/use-opening";
import { useRevealed } from "@/components/reveal/use-revealed";
import { useStepUp } from "@/components/step-up/use-step-up";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ActionError, ActionResult } from "@/lib/client/action-result";
import type { RevealedView } from "@/lib/domain/reveal/revealed";

interface BreakGlassInput {
  customerId: string;
  individualId: string;
  reason: string;
  name: string;
}

interface BreakGlassFormProps {
  customerId: string;
  employerName: string;
  person: { id: string; name: string };
  open: (input: BreakGlassInput) => Promise<ActionResult<RevealedView>>;
}

/** The button that had the focus is gone together with the number. */
function catchFocus(node: HTMLElement | null) {
  if (document.activeElement === document.body) node?.focus();
}

/** Reason, typed name, second factor; then the number for a minute, once. */
export function BreakGlassForm({ customerId, employerName, person, open }: BreakGlassFormProps) {
  const { shown, show, hide } = useRevealed();
  const [wasShown, setWasShown] = useState(false);
  const { run, dialog } = useStepUp();
  const what = `SSN of ${person.name}`;

  async function attempt(given: Pick<BreakGlassInput, "reason" | "name">): Promise<ActionError | null> {
    const result = await run(() => open({ customerId, individualId: person.id, ...given }));
    if (!result.ok) return result.error;
    show(result.data);
    setWasShown(true);
    return null;
  }

  return (
    <div className="pt-3">
      {shown ? (
        <div className="grid justify-items-start gap-2 rounded-lg border border-attention-line bg-surface p-4">
          <p className="text-sm font-medium">{what}</p>
          <RevealedValue value={shown.value} what={what} pattern="ssn" />
          <Countdown secondsLeft={shown.secondsLeft} />
          <Button size="sm" onClick={hide} autoFocus>
            Hide
          </Button>
        </div>
      ) : (
        <>
          {wasShown ? (
            <div ref={catchFocus} tabIndex={-1} className="mb-4 outline-none">
              <Banner
                tone="neutral"
                role="status"
                headingLevel={3}
                title={`The ${what} is hidden again`}
                means={`It is in the audit of ${employerName}, and its administrators have a mail.`}
                todo="To see it again, give a reason again: each opening stands for itself."
              />
            </div>
          ) : null}
          <AskForm name={person.name} onSubmit={attempt} />
        </>
      )}
      <span role="status" className="sr-only">
        {shown ? `The ${what} is shown for 60 seconds` : ""}
      </span>
      {dialog}
    </div>
  );
}

interface AskFormProps {
  name: string;
  /** Gives what was wrong, or null. */
  onSubmit: (given: { reason: string; name: string }) => Promise<ActionError | null>;
}

function AskForm({ name, onSubmit }: AskFormProps) {
  const [reason, setReason] = useState("");
  const [typed, setTyped] = useState("");
  const { pending, error, submit } = useOpening(() => onSubmit({ reason, name: typed }));

  const of = (field: string) => (error?.field === field ? error.message : undefined);
  return (
    <form onSubmit={submit} noValidate className="grid max-w-measure gap-4">
      <ReasonField
        value={reason}
        onChange={setReason}
        suggestions={[]}
        error={of("reason")}
        minLength={20}
        hint="The employer’s administrators read it word for word"
      />
      <Field
        label={
          <>
            Type <b className="select-all">{name}</b> to confirm whose it is
          </>
        }
        error={of("name")}
      >
        <Input
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
        />
      </Field>
      {error && !error.field ? (
        <Banner tone="failing" role="alert" headingLevel={3} title="It stays sealed">
          {error.message}
        </Banner>
      ) : null}
      <div>
        <Button type="submit" variant="danger" pending={pending} pendingLabel="Opening…">
          Open the SSN for 60 seconds
        </Button>
      </div>
    </form>
  );
}
