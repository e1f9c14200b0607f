"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { ActionResult } from "@/lib/client/action-result";

const EndOthersDialog = dynamic(
  () => import("./end-others-dialog").then((module) => module.EndOthersDialog),
  {
    ssr: false,
  },
);

export interface EndOthersButtonProps {
  /** How many other sessions there are. */
  count: number;
  end: (input: Record<string, never>) => Promise<ActionResult<{ ended: number }>>;
}

/** Signs all other browsers out, after asking once. The dialog's code comes when it is opened. */
export function EndOthersButton(props: EndOthersButtonProps) {
  const [used, setUsed] = useState(false);
  const [open, setOpen] = useState(false);

  function show() {
    setUsed(true);
    setOpen(true);
  }

  return (
    <>
      <Button variant="danger-quiet" onClick={show}>
        End all others
      </Button>
      {used ? <EndOthersDialog {...props} open={open} onOpenChange={setOpen} /> : null}
    </>
  );
}
