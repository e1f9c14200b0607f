import type { ReactNode } from "react";
import { cn } from "./cn";
import { StatusShape, type ShapeName } from "./status-shape";
import type { Tone } from "./tone";

export type ConnectionStatus =
  | "never_synced"
  | "setting_up"
  | "action_needed"
  | "missing_permission"
  | "syncing"
  | "healthy"
  | "late"
  | "failing"
  | "disconnected";

export interface StatusLook {
  tone: Tone;
  shape: ShapeName;
  label: string;
}

export const statusLooks: Record<ConnectionStatus, StatusLook> = {
  healthy: { tone: "healthy", shape: "check", label: "Healthy" },
  syncing: { tone: "waiting", shape: "ring", label: "Syncing" },
  setting_up: { tone: "waiting", shape: "hourglass", label: "Setting up" },
  late: { tone: "attention", shape: "clock", label: "Late" },
  action_needed: { tone: "attention", shape: "triangle", label: "Action needed" },
  missing_permission: { tone: "attention", shape: "diamond", label: "Missing permission" },
  failing: { tone: "failing", shape: "octagon", label: "Failing" },
  never_synced: { tone: "neutral", shape: "dashed", label: "Never synced" },
  disconnected: { tone: "neutral", shape: "struck", label: "Disconnected" },
};

export interface ChipProps {
  tone: Tone;
  shape?: ShapeName;
  /** Shape and word without the box, for tables and rails. */
  plain?: boolean;
  className?: string;
  children: ReactNode;
}

/** Shape and word in one of five tones; a status is readable in grey and by ear. */
export function Chip({ tone, shape, plain, className, children }: ChipProps) {
  return (
    <span
      data-tone={tone}
      className={cn(
        "inline-flex items-center gap-[5px] text-xs leading-none font-medium tracking-normal text-tone-text",
        plain
          ? "min-h-5 leading-[1.3]"
          : "h-[22px] rounded-md border border-tone-line bg-tone-bg pr-2 pl-1.5 whitespace-nowrap",
        className,
      )}
    >
      {shape ? <StatusShape shape={shape} /> : null}
      {children}
    </span>
  );
}

export interface StatusChipProps {
  status: ConnectionStatus;
  plain?: boolean;
  className?: string;
  /** Says more than the status' own word, for example "Step 7 of 9". */
  children?: ReactNode;
}

export function StatusChip({ status, plain, className, children }: StatusChipProps) {
  const look = statusLooks[status];
  return (
    <Chip tone={look.tone} shape={look.shape} plain={plain} className={className}>
      {children ?? look.label}
    </Chip>
  );
}
