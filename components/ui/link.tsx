import Link from "next/link";
import type { ComponentProps } from "react";
import { cn } from "./cn";

/** A link in running text, or a quiet one beside a heading (`quiet`: underlined on hover only). */
export function TextLink({ className, quiet, ...props }: ComponentProps<typeof Link> & { quiet?: boolean }) {
  return (
    <Link
      className={cn(
        "rounded-sm text-accent decoration-accent-line underline-offset-[3px] hover:text-accent-hover hover:underline hover:decoration-current",
        !quiet && "underline",
        className,
      )}
      {...props}
    />
  );
}
