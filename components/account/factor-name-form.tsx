"use client";

import { useRouter } from "next/navigation";
import { useRef, useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { FactorView } from "@/lib/domain/second-factor/views";
import type { SecurityActions } from "./security-actions";

interface FactorNameFormProps {
  factor: FactorView;
  rename: SecurityActions["rename"];
  onDone: () => void;
}

/** The name in place, as a field. Esc leaves it as it was. */
export function FactorNameForm({ factor, rename, onDone }: FactorNameFormProps) {
  const router = useRouter();
  const field = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, setPending] = useState(false);

  async function save(event: FormEvent) {
    event.preventDefault();
    setPending(true);
    const name = field.current?.value ?? "";
    const result = await rename({ kind: factor.kind, id: factor.id, name }).catch(() => null);
    setPending(false);
    if (!result?.ok) return setProblem(result?.error.message ?? "Perch did not answer. Try again.");
    router.refresh();
    onDone();
  }

  return (
    <form
      onSubmit={(event) => void save(event)}
      onKeyDown={(event) => (event.key === "Escape" ? onDone() : undefined)}
      className="col-span-2 grid gap-1"
      noValidate
    >
      <div className="flex flex-wrap gap-2">
        <Input
          ref={field}
          aria-label="Name"
          aria-invalid={problem ? true : undefined}
          defaultValue={factor.name}
          maxLength={60}
          autoFocus
          onFocus={(event) => event.currentTarget.select()}
          className="min-w-0 flex-[1_1_180px]"
        />
        <Button type="submit" variant="primary" pending={pending}>
          Save
        </Button>
        <Button variant="ghost" onClick={onDone}>
          Cancel
        </Button>
      </div>
      <div role="alert">{problem ? <FieldError>{problem}</FieldError> : null}</div>
    </form>
  );
}
