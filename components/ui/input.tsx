import { Search } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./cn";

export const inputStyles =
  "w-full rounded-md border border-line-field bg-surface px-2.5 text-sm text-ink focus-visible:outline-offset-0 read-only:bg-surface-sunken disabled:cursor-not-allowed disabled:bg-neutral-bg disabled:text-muted aria-invalid:border-failing-solid aria-invalid:shadow-[0_0_0_1px_var(--failing-solid)] max-md:text-lg";

export interface InputProps extends ComponentProps<"input"> {
  /** lg for pages of one purpose, with 40 px. */
  controlSize?: "md" | "lg";
}

export function Input({ className, controlSize = "md", ...props }: InputProps) {
  return (
    <input
      className={cn(
        inputStyles,
        controlSize === "lg" ? "h-10 text-base max-md:h-11" : "h-8 max-md:h-9",
        className,
      )}
      {...props}
    />
  );
}

export function Textarea({ className, ...props }: ComponentProps<"textarea">) {
  return <textarea className={cn(inputStyles, "min-h-16 py-[7px] leading-[1.45]", className)} {...props} />;
}

export interface SearchInputProps extends Omit<ComponentProps<"input">, "type"> {
  /** Read by screen readers; the placeholder is only an example. */
  label: string;
}

export function SearchInput({ label, className, ...props }: SearchInputProps) {
  return (
    <span className={cn("relative block min-w-[180px] flex-[0_1_260px]", className)}>
      <Search
        size={14}
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-[9px] -translate-y-1/2 text-muted"
      />
      <input
        type="search"
        aria-label={label}
        data-page-search=""
        autoComplete="off"
        spellCheck={false}
        className={cn(inputStyles, "h-8 pl-8 max-md:h-9")}
        {...props}
      />
    </span>
  );
}
