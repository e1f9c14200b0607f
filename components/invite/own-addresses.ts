import type { IndividualView } from "@/lib/domain/individuals/to-individual-view";

/** The addresses that payroll has of a person, as far as the reader sees them; each once. */
export function ownAddresses({ workEmail, personal }: IndividualView): string[] {
  const work = workEmail.kind === "value" ? [workEmail.value] : [];
  const own =
    personal.kind === "shown" && personal.emails.kind === "value"
      ? personal.emails.value.map(({ value }) => value)
      : [];
  return [...new Set([...own, ...work].filter((address): address is string => Boolean(address)))].slice(0, 4);
}
