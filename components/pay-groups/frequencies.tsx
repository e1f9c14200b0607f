import { FieldValue } from "@/components/individuals/field-value";
import { Chip } from "@/components/ui/status-chip";
import type { PayGroupView } from "@/lib/domain/pay-groups/views";
import { enumLabel } from "@/lib/format/enums";

/** How often a group is paid; several answers are ambiguous, and said so (DOMAIN §2). */
export function Frequencies({ group }: { group: PayGroupView }) {
  return (
    <FieldValue field={group.frequencies} provider={group.source.providerName}>
      {(values) => (
        <span className="inline-flex flex-wrap items-center gap-x-2">
          {values.map((value) => enumLabel("payFrequency", value)).join(", ")}
          {values.length > 1 ? (
            <Chip tone="attention" shape="triangle" plain>
              ambiguous
            </Chip>
          ) : null}
        </span>
      )}
    </FieldValue>
  );
}

/** A pay group's name; the connection's own calendar where there are no groups. */
export const payGroupName = ({ payGroupId, name, source }: PayGroupView): string =>
  payGroupId === null
    ? `Everybody at ${source.providerName}`
    : name.kind === "value"
      ? name.value
      : "Unnamed pay group";
