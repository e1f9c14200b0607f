import { cloneElement, useId, type ReactElement, type ReactNode } from "react";
import { cn } from "./cn";
import { StatusShape } from "./status-shape";

export function FieldHint({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <p id={id} className="mt-[5px] text-xs leading-[1.45] text-muted">
      {children}
    </p>
  );
}

export function FieldError({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <p id={id} data-tone="failing" className="mt-[5px] flex gap-1.5 text-xs leading-[1.45] text-failing-text">
      <StatusShape shape="octagon" className="mt-0.5" />
      <span>{children}</span>
    </p>
  );
}

interface ControlProps {
  id?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: boolean | "true" | "false" | "grammar" | "spelling";
  required?: boolean;
}

export interface FieldProps {
  label: ReactNode;
  hint?: ReactNode;
  /** Replaces nothing; names what is wrong and proposes the right value. */
  error?: ReactNode;
  optional?: boolean;
  className?: string;
  /** The one control: Input, Select, Textarea, AffixInput or an own one that passes these props on. */
  children: ReactElement<ControlProps>;
}

/** Label above, control, hint and error below, tied together for assistive technology. */
export function Field({ label, hint, error, optional, className, children }: FieldProps) {
  const fallbackId = useId();
  const id = children.props.id ?? fallbackId;
  const describedBy = [children.props["aria-describedby"], hint && `${id}-hint`, error && `${id}-error`]
    .filter(Boolean)
    .join(" ");
  return (
    <div className={cn("min-w-0", className)}>
      <label htmlFor={id} className="mb-[5px] block text-sm font-medium">
        {label}
        {optional ? <span className="font-normal text-muted"> (optional)</span> : null}
      </label>
      {cloneElement(children, {
        id,
        "aria-describedby": describedBy || undefined,
        "aria-invalid": error ? true : children.props["aria-invalid"],
      })}
      {hint ? <FieldHint id={`${id}-hint`}>{hint}</FieldHint> : null}
      {error ? <FieldError id={`${id}-error`}>{error}</FieldError> : null}
    </div>
  );
}
