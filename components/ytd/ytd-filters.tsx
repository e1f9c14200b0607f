import Form from "next/form";
import { FilterBar } from "@/components/ui/filter-bar";
import { FilterMenu } from "@/components/ui/filter-menu";
import { SearchFilter } from "@/components/ui/search-filter";
import { Segmented } from "@/components/ui/segmented";
import type { YtdView } from "@/lib/domain/payroll/ytd/list-ytd";
import type { YtdQuery } from "@/lib/domain/payroll/ytd/ytd-query";
import { paths } from "@/lib/paths";
import { firstPage, ytdEntries, ytdHref } from "./ytd-url";

/** More are chosen from a menu. */
const mostButtons = 5;

interface YtdFiltersProps {
  customerId: string;
  query: YtdQuery;
  view: YtdView;
}

/** Whom the list is narrowed to, and which columns it has. The sums above stay those of everybody. */
export function YtdFilters({ customerId, query, view }: YtdFiltersProps) {
  const href = (change: Partial<YtdQuery>) => ytdHref(customerId, query, change);
  const isNarrowed =
    query.search !== "" || query.incomplete || query.connections.length > 0 || query.entities.length > 0;
  const [connection] = query.connections;
  const [entity] = query.entities;
  const entities = view.units.filter(({ entityId }) => entityId !== "");
  return (
    <FilterBar
      search={
        view.namesPeople ? (
          <Form action={paths.ytd(customerId)} className="contents" scroll={false}>
            {ytdEntries({ ...query, ...firstPage, search: "" }).map(([name, value], at) => (
              <input key={`${name}-${at}`} type="hidden" name={name} value={value} />
            ))}
            <SearchFilter label="Search people" placeholder="Name" resets={["after", "before", "n"]} />
          </Form>
        ) : null
      }
      clearHref={isNarrowed ? href({ search: "", incomplete: false, connections: [], entities: [] }) : null}
    >
      {query.definition === "gross" ? (
        <Segmented
          label="Columns"
          value={query.columns}
          items={[
            { value: "summary", label: "Summary", href: href({ columns: "summary" }) },
            {
              value: "earnings",
              label: "Earnings by type",
              href: href({ columns: "earnings", sort: "name" }),
            },
          ]}
        />
      ) : null}
      {view.lacking.people > 0 || query.incomplete ? (
        <Segmented
          label="Completeness"
          value={query.incomplete ? "incomplete" : "all"}
          items={[
            { value: "all", label: "Everybody", href: href({ incomplete: false }) },
            { value: "incomplete", label: "Incomplete only", href: href({ incomplete: true }) },
          ]}
        />
      ) : null}
      {view.sources.length > 1 && view.sources.length <= mostButtons ? (
        <Segmented
          label="Connection"
          value={connection ?? "all"}
          items={[
            { value: "all", label: "All connections", href: href({ connections: [], entities: [] }) },
            ...view.sources.map(({ id, providerName }) => ({
              value: id,
              label: connectionName(view, id, providerName),
              href: href({ connections: [id], entities: [] }),
            })),
          ]}
        />
      ) : null}
      {view.sources.length > mostButtons ? (
        <FilterMenu
          label="Connection"
          name="connection"
          single
          resets={["after", "before", "n", "entity"]}
          options={view.sources.map(({ id, providerName }) => ({
            value: id,
            label: connectionName(view, id, providerName),
          }))}
        />
      ) : null}
      {entities.length > mostButtons ? (
        <FilterMenu
          label="Entity"
          name="entity"
          single
          resets={["after", "before", "n"]}
          options={entities.map((unit) => ({
            value: `${unit.connectionId}.${unit.entityId}`,
            label: unit.legalName ?? unit.entityId,
          }))}
        />
      ) : entities.length > 1 || entity ? (
        <Segmented
          label="Entity"
          value={entity ?? "all"}
          items={[
            { value: "all", label: "All entities", href: href({ entities: [] }) },
            ...entities.map((unit) => ({
              value: `${unit.connectionId}.${unit.entityId}`,
              label: unit.legalName ?? unit.entityId,
              href: href({ entities: [`${unit.connectionId}.${unit.entityId}`] }),
            })),
          ]}
        />
      ) : null}
    </FilterBar>
  );
}

/** Two connections of one provider are told apart by what their companies are called. */
function connectionName({ sources, units }: YtdView, id: string, providerName: string): string {
  const isOnly = sources.filter((source) => source.providerName === providerName).length === 1;
  const company = units.find(({ connectionId, legalName }) => connectionId === id && legalName)?.legalName;
  return isOnly || !company ? providerName : `${company} (${providerName})`;
}
