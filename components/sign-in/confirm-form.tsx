"use client";

import { useRef, useState, useTransition, type FormEvent } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ActionResult } from "@/lib/client/action-result";
import { answerOf } from "@/lib/client/answer-of";
import { LinkOver } from "./link-over";

const unanswered = "Perch did not answer. Check the network and try again.";

type Answer = { state: "over" } | { state: "needs-code" } | { state: "wrong-code"; triesLeft: number };

interface ConfirmFormProps {
  confirm: (input: { token: string; code?: string }) => Promise<ActionResult<Answer>>;
  token: string;
  maskedAddress: string;
  /** Opened in another browser than the one that asked. */
  needsCode: boolean;
}

const wrongCode = (triesLeft: number) =>
  `That is not the code. Copy it from the page where you asked for the link; ${
    triesLeft === 1 ? "one try is" : `${triesLeft} tries are`
  } left.`;

/** The press that signs in; with the code where this browser did not ask for the link. */
export function ConfirmForm({ confirm, token, maskedAddress, needsCode }: ConfirmFormProps) {
  const [answer, setAnswer] = useState<Answer | null>(needsCode ? { state: "needs-code" } : null);
  const [problem, setProblem] = useState<{ message: string; reference?: string } | null>(null);
  const [pending, startTransition] = useTransition();
  const field = useRef<HTMLInputElement>(null);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const code = field.current?.value.trim();
    startTransition(async () => {
      const result = await answerOf(confirm({ token, ...(code ? { code } : {}) }), unanswered);
      if (result?.ok) setAnswer(result.data);
      else if (result) setProblem(result.error);
      field.current?.focus();
    });
  }

  if (answer?.state === "over") return <LinkOver />;
  const codeError = answer?.state === "wrong-code" ? wrongCode(answer.triesLeft) : undefined;
  return (
    <form className="grid gap-4" onSubmit={submit} noValidate>
      {problem ? (
        <Banner
          role="alert"
          stacked
          title="Signing in did not work"
          requestId={problem.reference ?? null}
          requestLabel="Reference"
        >
          {problem.message}
        </Banner>
      ) : null}
      <p className="text-secondary">
        You are about to sign in as <b className="font-medium whitespace-nowrap text-ink">{maskedAddress}</b>.
        {answer
          ? " This browser did not ask for the link, so it needs the code that the other one shows."
          : null}
      </p>
      {answer ? (
        <Field
          label="Sign-in code"
          hint="8 letters and digits, shown where you asked for the link. Never enter a code that somebody gave you."
          error={codeError}
        >
          <Input
            ref={field}
            name="code"
            controlSize="lg"
            autoComplete="one-time-code"
            autoCapitalize="characters"
            spellCheck={false}
            maxLength={20}
            className="font-mono tracking-[0.08em] uppercase"
            autoFocus
          />
        </Field>
      ) : null}
      <Button
        type="submit"
        variant="primary"
        className="h-11 text-base"
        pending={pending}
        pendingLabel="Signing in"
      >
        Sign in
      </Button>
    </form>
  );
}
