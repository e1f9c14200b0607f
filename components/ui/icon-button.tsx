import type { ComponentProps } from "react";
import { cn } from "./cn";

export interface IconButtonProps extends Omit<ComponentProps<"button">, "aria-label"> {
  /** What it does, for people who do not see the icon. */
  label: string;
  size?: "sm" | "md";
}

export function IconButton({ label, size = "md", className, type = "button", ...props }: IconButtonProps) {
  return (
    <button
      type={type}
      aria-label={label}
      title={label}
      className={cn(
        "inline-grid flex-none place-items-center rounded-md text-secondary transition-colors duration-quick hover:bg-surface-hover hover:text-ink disabled:cursor-not-allowed disabled:text-muted",
        size === "sm" ? "size-6" : "size-[30px]",
        className,
      )}
      {...props}
    />
  );
}
