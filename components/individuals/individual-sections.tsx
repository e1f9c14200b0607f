import type { ReactNode } from "react";
import { Copyable } from "@/components/ui/copyable";
import { Definition, DefinitionList } from "@/components/ui/definition-list";
import { Section } from "@/components/ui/section";
import { Masked } from "@/components/ui/value";
import type { Field } from "@/lib/domain/individuals/field";
import type { ContactView } from "@/lib/domain/individuals/address";
import type { IndividualView } from "@/lib/domain/individuals/to-individual-view";
import { formatDate } from "@/lib/format/dates";
import { enumLabel } from "@/lib/format/enums";
import { FieldValue } from "./field-value";

interface FactProps<T> {
  term: string;
  field: Field<T>;
  provider: string;
  children?: (value: T) => ReactNode;
}

export function Fact<T>({ term, field, provider, children }: FactProps<T>) {
  return (
    <Definition term={term}>
      <FieldValue field={field} provider={provider} long>
        {children}
      </FieldValue>
    </Definition>
  );
}

/** A section that the reader's role does not include: said, not left out. */
export function HiddenSection({ title, what }: { title: string; what: string }) {
  return (
    <Section title={title}>
      <p className="flex items-center gap-2.5 py-3 text-sm text-secondary">
        <Masked /> Your role does not include {what}.
      </p>
    </Section>
  );
}

const lines = (address: string[]) =>
  address.map((line) => (
    <span key={line} className="block">
      {line}
    </span>
  ));

const contacts = (list: ContactView[]) =>
  list.map(({ value, type }) => (
    <span key={`${type} ${value}`} className="block">
      {value}
      {type ? <span className="text-muted"> {enumLabel("contactType", type)}</span> : null}
    </span>
  ));

interface SectionsProps {
  person: IndividualView;
}

export function PersonalSection({ person }: SectionsProps) {
  const { personal, connection } = person;
  const provider = connection.providerName;
  if (personal.kind === "hidden")
    return <HiddenSection title="Personal" what="birth dates, home addresses and personal contact data" />;
  return (
    <Section title="Personal">
      <DefinitionList align="start">
        <Fact term="Legal name" field={person.legalName} provider={provider} />
        <Fact term="Preferred name" field={person.preferredName} provider={provider} />
        <Fact term="Date of birth" field={personal.dob} provider={provider}>
          {formatDate}
        </Fact>
        <Fact term="Home address" field={personal.residence} provider={provider}>
          {lines}
        </Fact>
        <Fact term="Email" field={personal.emails} provider={provider}>
          {contacts}
        </Fact>
        <Fact term="Phone" field={personal.phoneNumbers} provider={provider}>
          {contacts}
        </Fact>
      </DefinitionList>
    </Section>
  );
}

/** `title`: as the reader calls it; on one's own page they are not somebody's protected traits. */
export function TraitsSection({ person, title = "Protected traits" }: SectionsProps & { title?: string }) {
  const { traits, connection } = person;
  const provider = connection.providerName;
  if (traits.kind === "hidden") return <HiddenSection title={title} what="protected traits" />;
  return (
    <Section title={title}>
      <DefinitionList align="start">
        <Fact term="Gender" field={traits.gender} provider={provider}>
          {(value) => enumLabel("gender", value)}
        </Fact>
        <Fact term="Ethnicity" field={traits.ethnicity} provider={provider}>
          {(value) => enumLabel("ethnicity", value)}
        </Fact>
        <Fact term="Marital status" field={traits.maritalStatus} provider={provider}>
          {(value) => enumLabel("maritalStatus", value)}
        </Fact>
      </DefinitionList>
    </Section>
  );
}

/** `ssn`: the SSN as this reader may have it. */
export function IdentifiersSection({ person, ssn }: SectionsProps & { ssn: ReactNode }) {
  const { identifiers, connection } = person;
  const provider = connection.providerName;
  return (
    <Section title="Identifiers">
      <DefinitionList align="start">
        <Definition term="SSN">{ssn}</Definition>
        <Fact term={`Id at ${provider}`} field={identifiers.sourceId} provider={provider}>
          {(value) => <Copyable value={value} label={`Id at ${provider}`} />}
        </Fact>
        <Definition term="Finch id">
          <Copyable value={identifiers.finchIndividualId} label="Finch individual id" />
        </Definition>
      </DefinitionList>
    </Section>
  );
}

/** One's own SSN: that it is held, and enough of it to see whether it is right. */
export function OwnSsnSection({ person }: SectionsProps) {
  const { identifiers, connection } = person;
  return (
    <Section title="Social Security number">
      <DefinitionList align="start">
        <Fact term="SSN" field={identifiers.ssn} provider={connection.providerName} />
      </DefinitionList>
      <p className="pt-2 text-xs text-muted">
        Kept encrypted. This page shows its last four digits and never more.
      </p>
    </Section>
  );
}

export { lines as addressLines };
