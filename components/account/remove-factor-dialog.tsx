"use client";

import { Mail, Trash2, TriangleAlert } from "lucide-react";
import { useState, type ReactNode } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent } from "@/components/ui/dialog";
import type { FactorView } from "@/lib/domain/second-factor/views";

interface RemoveFactorDialogProps {
  factor: FactorView;
  /** The only one left: afterwards the mailbox alone opens the account. */
  isLast: boolean;
  onClose: () => void;
  /** Returns a message where it did not work. */
  onConfirm: () => Promise<string | void>;
}

/** What goes, and what that means where it is the last. */
export function RemoveFactorDialog({ factor, isLast, onClose, onConfirm }: RemoveFactorDialogProps) {
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const what = factor.kind === "passkey" ? "passkey" : "authenticator app";

  async function confirm() {
    setPending(true);
    const trouble = await onConfirm();
    setPending(false);
    if (trouble) setProblem(trouble);
    else onClose();
  }

  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent
        title={`Remove “${factor.name}”?`}
        footer={
          <>
            <DialogClose asChild>
              <Button>Keep it</Button>
            </DialogClose>
            <Button variant="danger" pending={pending} onClick={() => void confirm()}>
              Remove
            </Button>
          </>
        }
      >
        <ul className="grid gap-1.5 text-sm text-secondary">
          <Fact icon={<Trash2 size={14} aria-hidden="true" />}>
            This {what} no longer confirms that it is you
            {factor.kind === "passkey" ? " and no longer signs you in" : ""}.
          </Fact>
          {isLast ? (
            <Fact icon={<TriangleAlert size={14} aria-hidden="true" />}>
              It is your last second factor: your recovery codes go too, and until you set up another your
              mailbox alone opens your account.
            </Fact>
          ) : null}
          <Fact icon={<Mail size={14} aria-hidden="true" />}>You are told by mail.</Fact>
        </ul>
        {problem ? (
          <Banner tone="attention" role="alert" headingLevel={3} stacked className="mt-4" title="Not done">
            {problem}
          </Banner>
        ) : null}
      </DialogContent>
    </Dialog>
  );
}

function Fact({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <li className="grid grid-cols-[16px_1fr] gap-2 leading-[1.45] [&_svg]:mt-0.5">
      {icon}
      <span>{children}</span>
    </li>
  );
}
