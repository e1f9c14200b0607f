import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./cn";
import { inputStyles } from "./input";

export interface SelectProps extends ComponentProps<"select"> {
  options: readonly { value: string; label: string; disabled?: boolean }[];
}

/** The browser's own list: known to every phone, keyboard and screen reader. */
export function Select({ options, className, ...props }: SelectProps) {
  return (
    <span className="relative block">
      <select className={cn(inputStyles, "h-8 appearance-none pr-8 max-md:h-9", className)} {...props}>
        {options.map(({ value, label, disabled }) => (
          <option key={value} value={value} disabled={disabled}>
            {label}
          </option>
        ))}
      </select>
      <ChevronDown
        size={14}
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 right-2.5 -translate-y-1/2 text-muted"
      />
    </span>
  );
}
