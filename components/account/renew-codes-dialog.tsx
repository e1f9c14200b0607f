"use client";

import { useState } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent } from "@/components/ui/dialog";
import { formatCount } from "@/lib/format/money";

interface RenewCodesDialogProps {
  /** How many of the old set are left. */
  left: number;
  onClose: () => void;
  /** Returns a message where it did not work. */
  onConfirm: () => Promise<string | void>;
}

/** Asked before a new set takes the place of one that may be printed and kept somewhere. */
export function RenewCodesDialog({ left, onClose, onConfirm }: RenewCodesDialogProps) {
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function confirm() {
    setPending(true);
    const trouble = await onConfirm();
    setPending(false);
    if (trouble) setProblem(trouble);
  }

  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent
        title="Make new recovery codes?"
        description={`Your ${formatCount(left, "old code stops", "old codes stop")} working. The new ones are shown once.`}
        footer={
          <>
            <DialogClose asChild>
              <Button>Keep the old ones</Button>
            </DialogClose>
            <Button
              variant="primary"
              pending={pending}
              pendingLabel="Making them"
              onClick={() => void confirm()}
            >
              Make new codes
            </Button>
          </>
        }
      >
        {problem ? (
          <Banner tone="attention" role="alert" headingLevel={3} stacked title="No new codes were made">
            {problem}
          </Banner>
        ) : null}
      </DialogContent>
    </Dialog>
  );
}
