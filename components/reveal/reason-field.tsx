"use client";

import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";

interface ReasonFieldProps {
  value: string;
  onChange: (reason: string) => void;
  suggestions: readonly string[];
  error: string | undefined;
  minLength: number;
  /** Who will read it. */
  hint?: string;
}

const maxLength = 300;
/** Said where it begins to matter. */
const countOf = ({ length }: string) => (length > 240 ? ` ${length} of ${maxLength}.` : "");

/** Why a value is opened: free words, with the usual reasons to start from. */
export function ReasonField({ value, onChange, suggestions, error, minLength, hint }: ReasonFieldProps) {
  return (
    <div className="grid gap-2">
      <Field
        label="Reason"
        hint={
          error
            ? undefined
            : `${hint ?? "Others read it in the audit"}. At least ${minLength} characters, no SSN or account number.${countOf(value)}`
        }
        error={error}
      >
        <Textarea
          rows={3}
          value={value}
          maxLength={maxLength}
          onChange={(event) => onChange(event.target.value)}
          data-autofocus=""
          autoComplete="off"
          required
        />
      </Field>
      {suggestions.length > 0 ? (
        <div role="group" aria-label="Common reasons" className="flex flex-wrap gap-1.5">
          {suggestions.map((suggestion) => (
            <button
              key={suggestion}
              type="button"
              aria-pressed={value === suggestion}
              onClick={() => onChange(suggestion)}
              className="min-h-[26px] rounded-full border border-line-strong bg-surface px-2.5 py-0.5 text-left text-xs text-secondary transition-colors duration-quick hover:bg-surface-hover hover:text-ink aria-pressed:border-accent-line aria-pressed:bg-accent-subtle aria-pressed:text-ink"
            >
              {suggestion}
            </button>
          ))}
        </div>
      ) : null}
    </div>
  );
}
