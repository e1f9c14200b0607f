"use client";

import { X } from "lucide-react";
import { useState, type FormEvent } from "react";
import { Banner } from "./banner";
import { Button } from "./button";
import type { ConfirmNameDialogProps } from "./confirm-name-dialog";
import { Dialog, DialogClose, DialogContent } from "./dialog";
import { Field } from "./field";
import { Input } from "./input";

export interface ConfirmNameContentProps extends Omit<
  ConfirmNameDialogProps,
  "trigger" | "open" | "onOpenChange"
> {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function ConfirmNameContent({
  open,
  onOpenChange,
  title,
  consequences,
  name,
  confirmLabel,
  cancelLabel = "Keep it",
  onConfirm,
}: ConfirmNameContentProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title={title}>
        <ul className="mb-4 grid gap-1.5 text-sm text-secondary">
          {consequences.map((consequence, index) => (
            <li key={index} className="grid grid-cols-[16px_1fr] gap-2 leading-[1.45] [&_svg]:mt-0.5">
              {consequence.icon ?? <X size={14} aria-hidden="true" />}
              <span>{consequence.text}</span>
            </li>
          ))}
        </ul>
        <ConfirmForm
          name={name}
          confirmLabel={confirmLabel}
          cancelLabel={cancelLabel}
          onConfirm={onConfirm}
          onDone={() => onOpenChange(false)}
        />
      </DialogContent>
    </Dialog>
  );
}

interface ConfirmFormProps extends Pick<ConfirmNameDialogProps, "name" | "confirmLabel" | "onConfirm"> {
  cancelLabel: string;
  onDone: () => void;
}

function ConfirmForm({ name, confirmLabel, cancelLabel, onConfirm, onDone }: ConfirmFormProps) {
  const [typed, setTyped] = useState("");
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const matches = typed.trim() === name.trim();

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!matches || pending) return;
    setPending(true);
    setFailure(null);
    try {
      const problem = await onConfirm(typed.trim());
      if (problem) setFailure(problem);
      else onDone();
    } catch {
      setFailure("Nothing was changed. Check your network and try again.");
    } finally {
      setPending(false);
    }
  }

  return (
    <form onSubmit={submit} className="grid gap-4">
      <Field
        label={
          <>
            Type <b className="select-all">{name}</b> to confirm
          </>
        }
      >
        <Input
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          data-autofocus=""
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
        />
      </Field>
      {failure ? (
        <Banner tone="attention" role="alert" headingLevel={3} title="Not done">
          {failure}
        </Banner>
      ) : null}
      <div className="-mx-5 -mb-4 flex justify-end gap-2 border-t border-line px-5 py-3">
        <DialogClose asChild>
          <Button>{cancelLabel}</Button>
        </DialogClose>
        <Button type="submit" variant="danger" disabled={!matches} pending={pending}>
          {confirmLabel}
        </Button>
      </div>
    </form>
  );
}
