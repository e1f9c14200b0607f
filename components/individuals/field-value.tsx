import type { ReactNode } from "react";
import { Chip } from "@/components/ui/status-chip";
import { Masked, NoAccess, None, Syncing } from "@/components/ui/value";
import type { Field } from "@/lib/domain/individuals/field";

interface FieldValueProps<T> {
  field: Field<T>;
  provider: string;
  /** Writes out why nothing is there: for records, which have the room. */
  long?: boolean;
  /** Right-aligned columns. */
  end?: boolean;
  children?: (value: T) => ReactNode;
}

/** A value, or which kind of nothing stands there, told apart by shape and word. */
export function FieldValue<T>({ field, provider, long = false, end = false, children }: FieldValueProps<T>) {
  switch (field.kind) {
    case "value":
      return <>{children ? children(field.value) : String(field.value)}</>;
    case "none":
      return <None provider={provider} long={long} />;
    case "masked":
      return (
        <Masked
          lastFour={field.lastFour}
          pattern="ssn"
          reason="Held encrypted; this page shows its last four digits"
        />
      );
    case "hidden":
      return <Masked />;
    case "no_access":
      return <NoAccess reason={field.reason} />;
    case "syncing":
      return <Syncing end={end} />;
    case "failed":
      return (
        <span title={field.message}>
          <Chip tone="failing" shape="octagon" plain>
            not readable
          </Chip>
        </span>
      );
  }
}
