"use client";

import { useRef, useState, type FormEvent } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ActionError, ActionResult } from "@/lib/client/action-result";

interface InviteDialogProps {
  name: string;
  hints: string[];
  /** The address of an invitation that this one ends. */
  replaces: string | null;
  invite: (email: string) => Promise<ActionResult<{ expiresAt: Date }>>;
  onClose: () => void;
  onDone: (email: string) => void;
}

const unreachable: ActionError = {
  code: "UNREACHABLE",
  message: "Perch did not answer, so nobody was invited. Check your network and try again.",
};
const notAnAddress = "Enter an address such as name@company.com.";

/** The address of an invitation: typed, or one of payroll's by a press. It is never filled in by itself. */
export function InviteDialog({ name, hints, replaces, invite, onClose, onDone }: InviteDialogProps) {
  const [email, setEmail] = useState("");
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<ActionError | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const atField = error?.field === "email" ? error.message : null;

  function refuse(next: ActionError) {
    setError(next);
    field.current?.focus();
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (pending) return;
    const to = email.trim();
    if (!/^\S+@\S+\.\S+$/.test(to)) return refuse({ code: "INVALID", field: "email", message: notAnAddress });
    setPending(true);
    setError(null);
    const result = await invite(to).catch(() => ({ ok: false as const, error: unreachable }));
    setPending(false);
    if (result.ok) onDone(to);
    else refuse(result.error);
  }

  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent
        title={`Invite ${name}`}
        description="Whoever reads this mailbox sees the profile, pay statements and totals of this one person. The link works once, for 72 hours."
      >
        <form onSubmit={(event) => void submit(event)} className="grid gap-4" noValidate>
          <Field
            label="Mail address"
            error={atField}
            hint="Ask the person for it. An address that others read too is no good one."
          >
            <Input
              ref={field}
              type="email"
              name="email"
              value={email}
              onChange={(event) => setEmail(event.target.value)}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              data-autofocus=""
              required
            />
          </Field>
          {hints.length > 0 ? (
            <div className="text-sm">
              <p className="mb-1.5 text-muted">Payroll has</p>
              <div className="flex flex-wrap gap-2">
                {hints.map((hint) => (
                  <Button
                    key={hint}
                    size="sm"
                    aria-label={`Use ${hint}`}
                    className="max-w-full [overflow-wrap:anywhere]"
                    onClick={() => setEmail(hint)}
                  >
                    {hint}
                  </Button>
                ))}
              </div>
            </div>
          ) : null}
          {replaces ? (
            <p className="text-sm text-secondary">
              The invitation that went to {replaces} ends with this one.
            </p>
          ) : null}
          {error && !atField ? (
            <Banner tone="attention" role="alert" headingLevel={3} title="Nobody was invited" stacked>
              {error.message}
            </Banner>
          ) : null}
          <div className="-mx-5 -mb-4 flex justify-end gap-2 border-t border-line px-5 py-3">
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            <Button type="submit" variant="primary" pending={pending} pendingLabel="Inviting">
              Send invitation
            </Button>
          </div>
        </form>
      </DialogContent>
    </Dialog>
  );
}
