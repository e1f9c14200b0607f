import type { ReactNode } from "react";
import { cn } from "./cn";

export interface CountBadgeProps {
  tone?: "neutral" | "attention" | "failing";
  className?: string;
  children: ReactNode;
}

/** A small count beside a name; say in hidden words what is counted. */
export function CountBadge({ tone = "neutral", className, children }: CountBadgeProps) {
  return (
    <span
      data-tone={tone}
      className={cn(
        "min-w-5 rounded-full bg-tone-bg px-[5px] text-center text-xs leading-[18px] font-medium text-tone-text",
        tone !== "neutral" && "shadow-[inset_0_0_0_1px_var(--c-line)]",
        className,
      )}
    >
      {children}
    </span>
  );
}

export type Environment = "sandbox" | "development" | "production";

const environmentLooks: Record<Environment, { label: string; style: string }> = {
  sandbox: { label: "Sandbox", style: "border-dashed border-sandbox-line bg-sandbox-bg text-sandbox-text" },
  development: { label: "Development", style: "border-waiting-line bg-waiting-bg text-waiting-text" },
  production: {
    label: "Production",
    style:
      "border-line-strong bg-surface text-secondary before:size-1.5 before:rounded-[1px] before:bg-ink before:content-['']",
  },
};

/** Which Finch environment the data comes from; in sight on every page. */
export function EnvironmentBadge({
  environment,
  className,
}: {
  environment: Environment;
  className?: string;
}) {
  const look = environmentLooks[environment];
  return (
    <span
      title="Finch environment"
      className={cn(
        "inline-flex h-6 flex-none items-center gap-1.5 rounded-sm border px-[9px] text-xs font-semibold whitespace-nowrap",
        look.style,
        className,
      )}
    >
      <span className="sr-only">Finch environment: </span>
      {look.label}
    </span>
  );
}
