"use client";

import { useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent } from "@/components/ui/dialog";
import { Field, FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ActionError, ActionResult } from "@/lib/client/action-result";
import { closeDaysWords } from "@/lib/format/pay-choices";
import type { CalendarDates } from "./calendar-actions";

interface PayDateDialogProps {
  title: string;
  initial: CalendarDates;
  zoneName: string;
  closeBusinessDays: number;
  save: (dates: CalendarDates) => Promise<ActionResult<unknown>>;
  onClose: () => void;
  onDone: () => void;
}

const unreachable: ActionError = {
  code: "UNREACHABLE",
  message: "Perch did not answer. Check your network and try again.",
};

const fields: { name: keyof CalendarDates; label: string; type: "date" | "time"; optional: boolean }[] = [
  { name: "payDate", label: "Pay date", type: "date", optional: false },
  { name: "payPeriodStart", label: "Period from", type: "date", optional: true },
  { name: "payPeriodEnd", label: "Period to", type: "date", optional: true },
  { name: "closesOn", label: "Closes on", type: "date", optional: true },
  { name: "closesTime", label: "Closes at", type: "time", optional: true },
];

type Hints = Pick<PayDateDialogProps, "zoneName" | "closeBusinessDays">;

const hintsOf = ({ zoneName, closeBusinessDays }: Hints): Partial<Record<keyof CalendarDates, string>> => ({
  payDate: "The day on which people have their money.",
  closesOn: `The day on which the provider takes no more changes. Left out: ${closeDaysWords(closeBusinessDays)}.`,
  closesTime: `In ${zoneName}. Left out: 17:00.`,
});

/** A pay date of the employer's own, entered or changed. What was typed stays where it is refused. */
export function PayDateDialog({ title, initial, save, onClose, onDone, ...words }: PayDateDialogProps) {
  const hints = hintsOf(words);
  const [dates, setDates] = useState<CalendarDates>(initial);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<ActionError | null>(null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    if (!dates.payDate) {
      setError({ code: "INVALID", message: "Enter the pay date.", field: "payDate" });
      return;
    }
    setPending(true);
    setError(null);
    const result = await save(dates).catch(() => ({ ok: false as const, error: unreachable }));
    setPending(false);
    if (result.ok) onDone();
    else setError(result.error);
  }

  const isAtField = fields.some(({ name }) => name === error?.field);
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent
        title={title}
        description="It wins over what is expected or scheduled. The audit keeps it."
      >
        <form onSubmit={submit} className="grid gap-4" noValidate>
          <div className="grid gap-4 sm:grid-cols-2">
            {fields.map(({ name, label, type, optional }) => (
              <Field
                key={name}
                label={label}
                optional={optional}
                className={name === "payDate" ? "sm:col-span-2" : ""}
                hint={hints[name]}
                error={error?.field === name ? error.message : undefined}
              >
                <Input
                  type={type}
                  name={name}
                  value={dates[name] ?? ""}
                  required={!optional}
                  onChange={(event) => {
                    const value = event.target.value;
                    setDates((before) => ({
                      ...before,
                      [name]: name === "payDate" ? value : value || null,
                    }));
                  }}
                />
              </Field>
            ))}
          </div>
          {error && !isAtField ? (
            <div role="alert">
              <FieldError>{error.message}</FieldError>
            </div>
          ) : null}
          <div className="flex justify-end gap-2">
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            <Button type="submit" variant="primary" pending={pending}>
              Save
            </Button>
          </div>
        </form>
      </DialogContent>
    </Dialog>
  );
}
