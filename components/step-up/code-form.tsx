"use client";

import { useRef, useState, type FormEvent, type ReactNode } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ActionError, ActionResult } from "@/lib/client/action-result";

interface CodeFormProps<Data> {
  kind: "totp" | "recovery";
  label: ReactNode;
  hint?: ReactNode;
  submitLabel?: string;
  /** At the left end of the footer: other ways, or the way back. */
  aside?: ReactNode;
  /** Leaves it; stands before the submit button. */
  cancel?: ReactNode;
  submit: (code: string) => Promise<ActionResult<Data>>;
  onDone: (data: Data) => void;
}

const unreachable: ActionError = {
  code: "UNREACHABLE",
  message: "Perch did not answer, so nothing was confirmed. Check the network and try again.",
};

/** One field for a code. A wrong one stays in the field, selected, with the reason below it. */
export function CodeForm<Data>({
  kind,
  label,
  hint,
  submitLabel = "Confirm",
  aside,
  cancel,
  submit,
  onDone,
}: CodeFormProps<Data>) {
  const [error, setError] = useState<ActionError | null>(null);
  const [pending, setPending] = useState(false);
  const field = useRef<HTMLInputElement>(null);

  async function confirm(event: FormEvent) {
    event.preventDefault();
    if (pending) return;
    setPending(true);
    const result = await submit(field.current?.value ?? "").catch(() => ({
      ok: false as const,
      error: unreachable,
    }));
    setPending(false);
    if (result.ok) return onDone(result.data);
    setError(result.error);
    field.current?.focus();
    field.current?.select();
  }

  const digits = kind === "totp";
  const fieldError = error?.field === "code" || error?.code === "INVALID" ? error.message : undefined;
  return (
    <form onSubmit={(event) => void confirm(event)} noValidate className="flex flex-1 flex-col gap-3.5">
      {error && !fieldError ? (
        <Banner tone="attention" role="alert" headingLevel={3} stacked title="Not confirmed">
          {error.message}
        </Banner>
      ) : null}
      {/* Room for the hint and an error below the field: neither moves the rest. */}
      <div className="min-h-[112px]" aria-live="polite">
        <Field label={label} hint={hint} error={fieldError}>
          <Input
            ref={field}
            name="code"
            controlSize="lg"
            autoFocus
            data-autofocus=""
            autoComplete={digits ? "one-time-code" : "off"}
            inputMode={digits ? "numeric" : "text"}
            autoCapitalize={digits ? "off" : "characters"}
            spellCheck={false}
            maxLength={40}
            className={cn("font-mono", digits ? "text-xl tracking-[0.28em]" : "tracking-wide")}
            placeholder={digits ? undefined : "ABCD-EFGH-JKMN-PQRS"}
          />
        </Field>
      </div>
      <div className="-mx-5 mt-auto -mb-4 flex flex-wrap items-center gap-2 border-t border-line px-5 py-3">
        {aside ? <div className="-ml-3 flex flex-wrap gap-0.5">{aside}</div> : null}
        <div className="ml-auto flex gap-2">
          {cancel}
          <Button type="submit" variant="primary" pending={pending} pendingLabel="Checking">
            {submitLabel}
          </Button>
        </div>
      </div>
    </form>
  );
}
