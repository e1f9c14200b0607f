"use client";

import dynamic from "next/dynamic";
import { cloneElement, useState, type ReactElement, type ReactNode } from "react";

const loadContent = () => import("./confirm-name-content").then((module) => module.ConfirmNameContent);
const ConfirmNameContent = dynamic(loadContent, { ssr: false });

export interface Consequence {
  icon?: ReactNode;
  text: ReactNode;
}

export interface ConfirmNameDialogProps {
  /** The button that opens it. */
  trigger?: ReactElement<{ onClick?: () => void }>;
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

/** Typed confirmation: the red button stays disabled until the name matches. Its code comes when it is opened. */
export function ConfirmNameDialog({ trigger, open, onOpenChange, ...content }: ConfirmNameDialogProps) {
  const [ownOpen, setOwnOpen] = useState(false);
  const [used, setUsed] = useState(false);
  const shown = open ?? ownOpen;
  if (shown && !used) setUsed(true);

  function setOpen(next: boolean) {
    setOwnOpen(next);
    onOpenChange?.(next);
  }

  return (
    <>
      {trigger ? cloneElement(trigger, { onClick: () => setOpen(true) }) : null}
      {used ? <ConfirmNameContent open={shown} onOpenChange={setOpen} {...content} /> : null}
    </>
  );
}
