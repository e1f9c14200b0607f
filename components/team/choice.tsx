import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/components/ui/cn";

interface ChoiceProps extends Omit<ComponentProps<"input">, "type"> {
  label: ReactNode;
  hint?: ReactNode;
}

/** One of several, in a box: what it is, and below it what it means. */
export function Choice({ label, hint, className, ...props }: ChoiceProps) {
  return (
    <label
      className={cn(
        "flex cursor-pointer gap-2.5 rounded-md border border-line px-3 py-2 text-sm has-checked:border-accent-line has-checked:bg-accent-subtle hover:not-has-checked:bg-surface-hover",
        className,
      )}
    >
      <input type="radio" className="mt-[3px] flex-none" {...props} />
      <span className="min-w-0">
        <span className="font-medium">{label}</span>
        {hint ? <span className="block text-xs leading-[1.45] text-secondary">{hint}</span> : null}
      </span>
    </label>
  );
}
