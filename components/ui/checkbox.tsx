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

/** A boxed radio or checkbox whose whole area can be pressed. */
export function Choice({ type = "radio", label, hint, className, ...props }: ChoiceProps) {
  return (
    <label
      className={cn(
        "flex cursor-pointer gap-2.5 rounded-md border border-line-strong px-3 py-2.5 text-sm has-checked:border-accent has-checked:bg-accent-subtle has-disabled:cursor-not-allowed has-disabled:text-muted",
        className,
      )}
    >
      <input type={type} className="mt-0.5" {...props} />
      <span>
        {label}
        {hint ? <span className="block text-xs text-muted">{hint}</span> : null}
      </span>
    </label>
  );
}
