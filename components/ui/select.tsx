import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./cn";
import { inputStyles } from "./input";

export interface SelectOption {
  value: string;
  label: string;
  disabled?: boolean;
}

export interface SelectProps extends ComponentProps<"select"> {
  options?: SelectOption[];
}

/** The platform's own select: works without JavaScript, and as a wheel on phones. */
export function Select({ options, children, className, ...props }: SelectProps) {
  return (
    <span className={cn("relative block", className)}>
      <select className={cn(inputStyles, "h-8 appearance-none pr-7 max-md:h-9")} {...props}>
        {options?.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
        {children}
      </select>
      <ChevronDown
        size={14}
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 right-[9px] -translate-y-1/2 text-muted"
      />
    </span>
  );
}
