import { RevealField } from "@/components/reveal/reveal-field";
import { ssnReasons } from "@/components/reveal/reasons";
import type { ActionResult } from "@/lib/client/action-result";
import type { IndividualView } from "@/lib/domain/individuals/to-individual-view";
import type { RevealedView } from "@/lib/domain/reveal/revealed";
import { dateInZone, formatDate } from "@/lib/format/dates";
import { FieldValue } from "./field-value";

interface SsnTarget {
  customerId: string;
  individualId: string;
}

interface SsnFieldProps {
  person: IndividualView;
  customerId: string;
  zone: string | null;
  reveal: (input: SsnTarget & { reason: string }) => Promise<ActionResult<RevealedView>>;
}

/** The SSN as a record shows it: its last four, and Reveal for who may. */
export function SsnField({ person, customerId, zone, reveal }: SsnFieldProps) {
  const { ssn, ssnHeld } = person.identifiers;
  if (ssn.kind !== "masked" || !ssnHeld?.mayReveal)
    return <FieldValue field={ssn} provider={person.connection.providerName} long />;
  return (
    <RevealField
      lastFour={ssn.lastFour}
      pattern="ssn"
      what={`SSN of ${person.name ?? "this person"}`}
      sealed={`since ${formatDate(dateInZone(ssnHeld.sealedAt, zone))}`}
      target={{ customerId, individualId: person.id }}
      reveal={reveal}
      suggestions={ssnReasons}
    />
  );
}
