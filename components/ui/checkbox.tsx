import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";

export interface CheckboxProps extends Omit<ComponentProps<"input">, "type"> {
  label: ReactNode;
  hint?: ReactNode;
}

export function Checkbox({ label, hint, className, ...props }: CheckboxProps) {
  return (
    <label className={cn("flex min-h-6 gap-2.5 text-sm", className)}>
      <input type="checkbox" className="mt-px" {...props} />
      <span>
        {label}
        {hint ? <span className="block text-xs text-muted">{hint}</span> : null}
      </span>
    </label>
  );
}

export interface ChoiceProps extends Omit<ComponentProps<"input">, "type"> {
  type?: "radio" | "checkbox";
  label: ReactNode;
  hint?: ReactNode;
}
