import type { ReactNode } from "react";
import { initials } from "@/lib/format/names";
import { cn } from "./cn";

/** Initials of a person in a circle. Decorative: the name stands beside it. */
export function Avatar({ name, className }: { name: string | null | undefined; className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cn(
        "grid size-[26px] flex-none place-items-center rounded-full bg-accent-subtle text-[11px] font-semibold text-accent",
        className,
      )}
    >
      {initials(name)}
    </span>
  );
}

/** The system as an actor: an icon in a grey circle. */
export function SystemAvatar({ children }: { children: ReactNode }) {
  return (
    <span
      aria-hidden="true"
      className="grid size-[26px] flex-none place-items-center rounded-full bg-neutral-bg text-muted"
    >
      {children}
    </span>
  );
}

const tileSizes = {
  md: "size-7 rounded-md text-xs",
  lg: "size-9 rounded-[7px] text-sm",
  xl: "size-11 rounded-[7px] text-sm",
};

/** Initials of an employer or a provider in a grey square: no logos, no colors. */
export function InitialsTile({
  name,
  size = "md",
  className,
}: {
  name: string | null | undefined;
  size?: keyof typeof tileSizes;
  className?: string;
}) {
  return (
    <span
      aria-hidden="true"
      className={cn(
        "grid flex-none place-items-center border border-line bg-neutral-bg font-semibold tracking-normal text-secondary",
        tileSizes[size],
        className,
      )}
    >
      {initials(name, "company")}
    </span>
  );
}
