import type { ReactNode } from "react";
import { DefinitionList, Definition } from "@/components/ui/definition-list";
import { Section } from "@/components/ui/section";
import { Masked, None } from "@/components/ui/value";
import type { IndividualView } from "@/lib/domain/individuals/to-individual-view";
import { formatDate } from "@/lib/format/dates";
import { enumLabel } from "@/lib/format/enums";
import { EmploymentStatus } from "./employment-status";
import { addressLines, Fact } from "./individual-sections";

interface EmploymentSectionProps {
  person: IndividualView;
  /** The manager's name, as a link where the reader may open that profile. */
  manager?: (manager: { id: string; name: string }) => ReactNode;
}

const yesNo = (value: boolean) => (value ? "Yes" : "No");

/** Employment, every field of it, with what the provider adds of its own. */
export function EmploymentSection({ person, manager }: EmploymentSectionProps) {
  const { employment, connection } = person;
  const provider = connection.providerName;
  return (
    <Section title="Employment">
      <DefinitionList align="start">
        <Fact term="Title" field={employment.title} provider={provider} />
        <Fact term="Department" field={employment.department} provider={provider} />
        {/* One's own page shows nobody else's name. */}
        {employment.manager.kind === "hidden" ? null : (
          <Fact term="Manager" field={employment.manager} provider={provider}>
            {(value) => (manager ? manager(value) : value.name)}
          </Fact>
        )}
        <Fact term="Status" field={employment.status} provider={provider}>
          {(status) => <EmploymentStatus status={status} />}
        </Fact>
        <Fact term="Type" field={employment.type} provider={provider}>
          {(value) => enumLabel("employmentType", value)}
        </Fact>
        <Fact term="Subtype" field={employment.subtype} provider={provider}>
          {(value) => enumLabel("employmentSubtype", value)}
        </Fact>
        <Fact term="Start date" field={employment.startDate} provider={provider}>
          {formatDate}
        </Fact>
        <Fact term="Latest rehire" field={employment.latestRehireDate} provider={provider}>
          {formatDate}
        </Fact>
        <Fact term="End date" field={employment.endDate} provider={provider}>
          {formatDate}
        </Fact>
        <Fact term="Work location" field={employment.location} provider={provider}>
          {addressLines}
        </Fact>
        <Fact term="Work email" field={person.workEmail} provider={provider} />
        <Fact term="FLSA status" field={employment.flsaStatus} provider={provider}>
          {(value) => enumLabel("flsaStatus", value)}
        </Fact>
        <Fact term="Class code" field={employment.classCode} provider={provider} />
        <Fact term="Union code" field={employment.unionCode} provider={provider} />
        <Fact term="Union local" field={employment.unionLocal} provider={provider} />
        <Fact term="Highly compensated" field={employment.highlyCompensatedEmployee} provider={provider}>
          {yesNo}
        </Fact>
        <Fact term="Key employee" field={employment.keyEmployee} provider={provider}>
          {yesNo}
        </Fact>
      </DefinitionList>
      <CustomFields person={person} />
    </Section>
  );
}

function CustomFields({ person }: { person: IndividualView }) {
  const { customFields } = person.employment;
  if (customFields.kind !== "value" || customFields.value.length === 0) return null;
  const provider = person.connection.providerName;
  return (
    <>
      <h3 className="pt-5 pb-1.5">Custom fields in {provider}</h3>
      <DefinitionList align="start" className="border-t border-line">
        {customFields.value.map(({ name, value, masked }, at) => (
          <Definition key={`${name}-${at}`} term={name}>
            {masked ? (
              <Masked reason="It looks like a Social Security number, so it is shown to nobody" />
            ) : value === null ? (
              <None provider={provider} long />
            ) : (
              value
            )}
          </Definition>
        ))}
      </DefinitionList>
    </>
  );
}
