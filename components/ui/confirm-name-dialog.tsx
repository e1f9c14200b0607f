"use client";

import { X } from "lucide-react";
import { useState, type FormEvent, type ReactNode } from "react";
import { Banner } from "./banner";
import { Button } from "./button";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "./dialog";
import { Field } from "./field";
import { Input } from "./input";

export interface Consequence {
  icon?: ReactNode;
  text: ReactNode;
}

export interface ConfirmNameDialogProps {
  /** The button that opens it. */
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** "Disconnect ADP Run, Westfield clinic?" */
  title: ReactNode;
  /** What ends, what is hidden, until when. */
  consequences: Consequence[];
  /** What has to be typed, exactly. */
  name: string;
  confirmLabel: string;
  cancelLabel?: string;
  /** Returns a message where it did not work, nothing where it did: then the dialog closes. */
  onConfirm: (typedName: string) => Promise<string | void>;
}

/** Typed confirmation: the red button stays disabled until the name matches. */
export function ConfirmNameDialog({
  trigger,
  open,
  onOpenChange,
  title,
  consequences,
  name,
  confirmLabel,
  cancelLabel = "Keep it",
  onConfirm,
}: ConfirmNameDialogProps) {
  const [ownOpen, setOwnOpen] = useState(false);
  const shown = open ?? ownOpen;

  function setOpen(next: boolean) {
    setOwnOpen(next);
    onOpenChange?.(next);
  }

  return (
    <Dialog open={shown} onOpenChange={setOpen}>
      {trigger ? <DialogTrigger asChild>{trigger}</DialogTrigger> : null}
      {shown ? (
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
            onDone={() => setOpen(false)}
          />
        </DialogContent>
      ) : null}
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
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
        />
      </Field>
      {failure ? (
        <Banner tone="failing" role="alert" headingLevel={3} title="That did not work">
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
