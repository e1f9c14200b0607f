import type { ReactNode } from "react";
import { Fact, addressLines } from "@/components/individuals/individual-sections";
import { Definition, DefinitionList } from "@/components/ui/definition-list";
import { Section } from "@/components/ui/section";
import { NoAccess, Syncing } from "@/components/ui/value";
import type { CompanyPart } from "@/lib/domain/companies/get-company";
import type { CompanyView } from "@/lib/domain/companies/to-company-view";
import { enumLabel } from "@/lib/format/enums";
import { formatNumber } from "@/lib/format/money";

interface CompanySectionProps {
  part: CompanyPart;
  /** The accounts of one company, as this reader may have them. */
  accounts: (company: CompanyView) => ReactNode;
}

/** The employer as the provider knows it: legal data and bank accounts, for each of its entities. */
export function CompanySection({ part, accounts }: CompanySectionProps) {
  const { providerName } = part;
  if (part.kind !== "shown")
    return (
      <Section title="Company">
        <p className="py-3 text-sm">
          {part.kind === "syncing" ? (
            <Syncing />
          ) : (
            <NoAccess
              reason={`The connection to ${providerName} does not include company data. Reconnect and allow it.`}
            />
          )}
        </p>
      </Section>
    );
  return part.companies.map((company, at) => (
    <Section
      key={company.id}
      title={part.companies.length > 1 ? `Company ${at + 1}` : "Company"}
      note={`as ${providerName} has it`}
    >
      <DefinitionList align="start">
        <LegalFacts company={company} provider={providerName} />
      </DefinitionList>
      {accounts(company)}
    </Section>
  ));
}

/** What the law calls the employer, and where it is. */
export function LegalFacts({ company, provider }: { company: CompanyView; provider: string }) {
  const { entitySubtype, departmentCount } = company;
  return (
    <>
      <Fact term="Legal name" field={company.legalName} provider={provider} />
      <Fact term="EIN" field={company.ein} provider={provider}>
        {(ein) => <span className="tabular-nums">{ein}</span>}
      </Fact>
      <Fact term="Entity" field={company.entityType} provider={provider}>
        {(type) => (
          <>
            {enumLabel("entityType", type)}
            {entitySubtype.kind === "value" ? (
              <span className="text-muted"> {enumLabel("entitySubtype", entitySubtype.value)}</span>
            ) : null}
          </>
        )}
      </Fact>
      <Fact term="Email" field={company.email} provider={provider} />
      <Fact term="Phone" field={company.phone} provider={provider} />
      <Fact term="Locations" field={company.locations} provider={provider}>
        {(locations) =>
          locations.map((lines) => (
            <span key={lines.join("|")} className="mb-1.5 block last:mb-0">
              {addressLines(lines)}
            </span>
          ))
        }
      </Fact>
      {departmentCount === null ? null : (
        <Definition term="Departments">{formatNumber(departmentCount)}</Definition>
      )}
    </>
  );
}
