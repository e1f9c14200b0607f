"use client";

import { useRef, useState, useTransition, type FormEvent } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ActionError, ActionResult } from "@/lib/client/action-result";
import { answerOf } from "@/lib/client/answer-of";

export const emailFieldId = "sign-in-email";
const unanswered = "Perch did not answer. Check the network and try again.";

interface SignInFormProps {
  request: (input: { email: string; callbackUrl?: string }) => Promise<ActionResult<never>>;
  /** Where to go after signing in. */
  callbackUrl: string | null;
}

/** One field, one button. What was typed stays, whatever the answer. */
export function SignInForm({ request, callbackUrl }: SignInFormProps) {
  const [error, setError] = useState<ActionError | null>(null);
  const [pending, startTransition] = useTransition();
  const field = useRef<HTMLInputElement>(null);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const email = field.current?.value ?? "";
    startTransition(async () => {
      const asked = request({ email, ...(callbackUrl ? { callbackUrl } : {}) });
      const result = await answerOf(asked, unanswered);
      if (result.ok) return;
      setError(result.error);
      field.current?.focus();
    });
  }

  const fieldError = error?.field === "email" ? error.message : undefined;
  return (
    <form className="grid gap-3.5" onSubmit={submit} noValidate>
      {error && !fieldError ? (
        <Banner
          role="alert"
          tone="attention"
          stacked
          title="No link was sent"
          requestId={error.reference ?? null}
          requestLabel="Reference"
        >
          {error.message}
        </Banner>
      ) : null}
      <Field label="Work email" error={fieldError}>
        <Input
          ref={field}
          id={emailFieldId}
          name="email"
          type="email"
          autoComplete="email"
          autoCapitalize="none"
          spellCheck={false}
          controlSize="lg"
          required
          autoFocus
        />
      </Field>
      <Button
        type="submit"
        variant="primary"
        className="h-11 text-base"
        pending={pending}
        pendingLabel="Sending"
      >
        Send me a sign-in link
      </Button>
    </form>
  );
}
