import type { ReactNode } from "react";
import { directorySearch, readDirectoryAddress } from "@/components/directory/directory-url";
import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { DefinitionList } from "@/components/ui/definition-list";
import { RelativeTime } from "@/components/ui/relative-time";
import { Section } from "@/components/ui/section";
import { NoAccess, Syncing } from "@/components/ui/value";
import type { ConnectionCompanyView } from "@/lib/domain/companies/list-company-profiles";
import type { CompanyView, EntityView } from "@/lib/domain/companies/to-company-view";
import { formatCount } from "@/lib/format/money";
import { paths } from "@/lib/paths";
import { LegalFacts } from "./company-section";
import { Departments } from "./department-tree";

interface CompanyProfileProps {
  customerId: string;
  connection: ConnectionCompanyView;
  now: Date;
  zone: string;
  /** The bank accounts of one company, as this reader may have them. */
  accounts: (company: CompanyView) => ReactNode;
}

/** The employer as one connection has it: each entity with its legal data, departments and accounts. */
export function CompanyProfile({ customerId, connection, now, zone, accounts }: CompanyProfileProps) {
  const { source, part, people } = connection;
  const { providerName } = part;
  const age = source.asOf ? (
    <>
      <RelativeTime value={source.asOf} now={now} zone={zone} prefix="as of " />, from {providerName}
    </>
  ) : (
    `from ${providerName}`
  );
  if (part.kind !== "shown")
    return (
      <Section title={providerName}>
        <NothingShown
          customerId={customerId}
          connectionId={source.id}
          kind={part.kind}
          provider={providerName}
        />
      </Section>
    );
  const hrefOf = (department: string) =>
    paths.directory(customerId) +
    directorySearch({
      ...readDirectoryAddress({}).query,
      departments: [department],
      connections: [source.id],
      active: true,
    });
  return (
    <>
      {part.companies.map((company) => (
        <Section key={company.id} title={titleOf(company)} note={age} id={`company-${company.id}`}>
          <div className="grid grid-cols-[minmax(0,1fr)] gap-x-9 gap-y-5 lg:grid-cols-2">
            <div>
              <DefinitionList align="start">
                <LegalFacts company={company} provider={providerName} />
              </DefinitionList>
              {company.ein.kind === "value" ? null : <WithoutEin />}
            </div>
            <div>
              <h3 className="pt-3 pb-1">Departments</h3>
              <Departments
                tree={company.departments}
                provider={providerName}
                people={people}
                hrefOf={hrefOf}
              />
              {accounts(company)}
            </div>
          </div>
        </Section>
      ))}
      <Unread entities={part.unread} />
    </>
  );
}

const titleOf = ({ legalName, entity }: CompanyView) =>
  legalName.kind === "value" ? legalName.value : (entity?.name ?? "Unnamed company");

/** DOMAIN 1.9: no EIN, no W-2 estimate. */
function WithoutEin() {
  return (
    <p className="pt-2 text-xs text-muted">
      Without an EIN there is no box 1 estimate for this entity: a W-2 is per person and EIN.
    </p>
  );
}

interface NothingShownProps {
  customerId: string;
  connectionId: string;
  kind: "no_access" | "syncing";
  provider: string;
}

function NothingShown({ customerId, connectionId, kind, provider }: NothingShownProps) {
  if (kind === "syncing")
    return (
      <p className="flex items-center gap-2.5 py-3 text-sm text-secondary">
        <Syncing /> {provider}’s company data is on its way.
      </p>
    );
  return (
    <div className="flex flex-wrap items-center gap-3 py-3 text-sm text-secondary">
      <NoAccess /> The connection to {provider} does not include company data. Reconnect and allow it.
      <LinkButton size="sm" href={paths.connection(customerId, connectionId)}>
        Open the connection
      </LinkButton>
    </div>
  );
}

/** Entities that Finch lists and of which no company is here. */
function Unread({ entities }: { entities: readonly EntityView[] }) {
  if (entities.length === 0) return null;
  return (
    <Banner
      tone="waiting"
      title={`${formatCount(entities.length, "entity", "entities")} without company data`}
      means={entities
        .map(({ name, id, status }) => `${name ?? id}${status === "disconnected" ? " (disconnected)" : ""}`)
        .join(", ")}
      todo="Entities that are connected come with the next sync."
    />
  );
}
