import { Lock } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { StatusShape } from "./status-shape";

/*
 * Four kinds of nothing, never confused:
 * none (the provider sent nothing), masked (the role may not see it, or not yet),
 * no access (the connection may not read it), syncing (on its way).
 */

export interface NoneProps {
  /** The provider's name, so that the reason can be said. */
  provider?: string | null;
  /** Writes the reason out instead of the short "none", for records with room. */
  long?: boolean;
  className?: string;
}

/** The provider answered, and there was nothing in this field. */
export function None({ provider, long, className }: NoneProps) {
  const reason = `not provided by ${provider ?? "the provider"}`;
  return (
    <span
      title={long ? undefined : reason}
      className={cn("border-b border-dotted border-line-field leading-[1.3] text-muted", className)}
    >
      {long ? (
        reason
      ) : (
        <>
          none<span className="sr-only">, {reason}</span>
        </>
      )}
    </span>
  );
}

export interface MaskedProps {
  /** The part that may be shown; with it dots are shown, without it a lock and "hidden". */
  lastFour?: string | null;
  /** How many characters stand before the last four: "ssn" for •••–••–, "account" for ••••. */
  pattern?: "ssn" | "account";
  /** The Reveal button, where the role may press it. */
  reveal?: ReactNode;
  /** Why it is hidden, on hover. */
  reason?: string;
  className?: string;
}

/** The value is here, but not for this reader, or not before it is revealed. */
export function Masked({ lastFour, pattern = "account", reveal, reason, className }: MaskedProps) {
  if (!lastFour) {
    return (
      <span
        title={reason ?? "Your role may not see this"}
        className={cn("inline-flex items-center gap-1.5 text-secondary", className)}
      >
        <Lock size={12} aria-hidden="true" className="text-muted" />
        hidden
        {reveal}
      </span>
    );
  }
  return (
    <span className={cn("inline-flex items-center gap-1.5 tracking-mask text-secondary", className)}>
      <span className="sr-only">ends in {lastFour}</span>
      <span aria-hidden="true">
        {pattern === "ssn" ? "•••–••–" : "••••"}
        {lastFour}
      </span>
      {reveal}
    </span>
  );
}

export interface NoAccessProps {
  /** What would have to change, on hover: "Reconnect as an administrator". */
  reason?: string;
  className?: string;
}

/** The connection may not read this field at the provider. */
export function NoAccess({ reason = "The connection may not read this", className }: NoAccessProps) {
  return (
    <span
      data-tone="attention"
      title={reason}
      className={cn("inline-flex items-center gap-[5px] text-xs text-attention-text", className)}
    >
      <StatusShape shape="diamond" />
      no access
    </span>
  );
}

export interface SyncingProps {
  /** Puts the word before the bar, for right-aligned columns. */
  end?: boolean;
  label?: string;
  className?: string;
}

/** Not here yet: a sync is on its way to it. */
export function Syncing({ end, label = "syncing", className }: SyncingProps) {
  return (
    <span
      title="On its way: the first sync has not reached this yet"
      className={cn(
        "inline-flex items-center gap-[7px] text-xs text-waiting-text",
        end && "flex-row-reverse",
        className,
      )}
    >
      <span aria-hidden="true" className="hatch h-2 w-11 flex-none rounded-[2px]" />
      {label}
    </span>
  );
}
