"use client";

import { useEffect, useRef, useState, type ReactNode } from "react";
import { Button, type ButtonProps } from "./button";
import { cn } from "./cn";

export interface ConfirmInPlaceProps {
  /** What the button says before it is pressed. */
  label: ReactNode;
  /** What is asked then: "Stop this sync? What has arrived stays." */
  question: string;
  confirmLabel: string;
  keepLabel: string;
  /** Returns a message where it did not work, nothing where it did. */
  onConfirm: () => Promise<string | void>;
  /** Of the button that acts. */
  variant?: ButtonProps["variant"];
  size?: ButtonProps["size"];
  className?: string;
}

/** A button that asks once more where it stands, for what can be done again. Esc keeps things as they are. */
export function ConfirmInPlace(props: ConfirmInPlaceProps) {
  const {
    label,
    question,
    confirmLabel,
    keepLabel,
    onConfirm,
    variant = "danger-quiet",
    size = "sm",
  } = props;
  const [asking, setAsking] = useState(false);
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const keep = useRef<HTMLButtonElement>(null);
  const asked = useRef(false);

  useEffect(() => {
    if (asking) keep.current?.focus();
    else if (asked.current) trigger.current?.focus();
    asked.current = asking;
  }, [asking]);

  function close() {
    setAsking(false);
    setProblem(null);
  }

  async function confirm() {
    setPending(true);
    const message = await onConfirm();
    setPending(false);
    if (message) setProblem(message);
    else close();
  }

  if (!asking) {
    return (
      <Button ref={trigger} size={size} className={props.className} onClick={() => setAsking(true)}>
        {label}
      </Button>
    );
  }
  return (
    <div
      role="group"
      aria-label={question}
      onKeyDown={(event) => {
        if (event.key === "Escape" && !pending) close();
      }}
      className={cn("flex flex-wrap items-center gap-x-2.5 gap-y-1.5 text-sm", props.className)}
    >
      <span className="text-secondary">{question}</span>
      <span className="flex gap-2">
        <Button ref={keep} size={size} onClick={close}>
          {keepLabel}
        </Button>
        <Button variant={variant} size={size} pending={pending} onClick={() => void confirm()}>
          {confirmLabel}
        </Button>
      </span>
      {problem ? (
        <p role="alert" className="w-full text-failing-text">
          {problem}
        </p>
      ) : null}
    </div>
  );
}
