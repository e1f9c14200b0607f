import { Plus, X } from "lucide-react";
import Form from "next/form";
import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { FilterBar } from "@/components/ui/filter-bar";
import { SearchFilter } from "@/components/ui/search-filter";
import { Segmented } from "@/components/ui/segmented";
import type { DirectoryQuery } from "@/lib/domain/individuals/directory-query";
import type { DirectorySourceView } from "@/lib/domain/individuals/list-directory";
import type { FacetOption } from "@/lib/domain/individuals/list-directory-facet";
import { paths } from "@/lib/paths";
import {
  directoryEntries,
  directorySearch,
  facetNames,
  facetValues,
  firstPage,
  hasFilter,
  withoutFacet,
  withoutFilter,
  type DirectoryAddress,
  type FacetName,
} from "./directory-url";
import { facetLabel, facetTitles } from "./facet-label";
import { FilterPanel } from "./filter-panel";

interface DirectoryFiltersProps {
  customerId: string;
  address: DirectoryAddress;
  sources: readonly DirectorySourceView[];
  manager: { id: string; name: string } | null;
  /** Choices of the open filter. */
  options: FacetOption[] | null;
}

/** Search and filters. Each is a link or a form of its own, so all of it works before any script has run. */
export function DirectoryFilters({ customerId, address, sources, manager, options }: DirectoryFiltersProps) {
  const { query, open } = address;
  const here = paths.directory(customerId);
  const activeHref = (active: boolean | null) => here + directorySearch({ ...query, ...firstPage, active });
  const shown = facetNames.filter((name) => name !== "connection" || sources.length > 1);
  return (
    <>
      <FilterBar
        search={
          <Form action={here} className="contents" scroll={false}>
            {directoryEntries({ query: { ...query, ...firstPage, search: "" }, open: null }).map(
              ([name, value], at) => (
                <input key={`${name}-${at}`} type="hidden" name={name} value={value} />
              ),
            )}
            <SearchFilter
              label="Search people"
              placeholder="Name, email or title"
              resets={["after", "before", "n", "filter"]}
            />
          </Form>
        }
        clearHref={hasFilter(query) ? here + directorySearch(withoutFilter(query)) : null}
      >
        <Segmented
          label="Active"
          value={query.active === null ? "all" : query.active ? "yes" : "no"}
          items={[
            { value: "all", label: "Everybody", href: activeHref(null) },
            { value: "yes", label: "Active", href: activeHref(true) },
            { value: "no", label: "Not active", href: activeHref(false) },
          ]}
        />
        {shown.map((facet) => (
          <FacetButton
            key={facet}
            facet={facet}
            query={query}
            isOpen={open === facet}
            here={here}
            chosen={chosenWords(facet, query, sources, manager)}
            panel={
              open === facet && options ? (
                <FilterPanel here={here} query={query} facet={facet} options={options} />
              ) : null
            }
          />
        ))}
      </FilterBar>
    </>
  );
}

function chosenWords(
  facet: FacetName,
  query: DirectoryQuery,
  sources: readonly DirectorySourceView[],
  manager: { name: string } | null,
): string | null {
  const values = facetValues(query, facet);
  if (values.length === 0) return null;
  if (facet === "manager") return manager?.name ?? "somebody who is gone";
  if (values.length > 1) return `${values.length} chosen`;
  const [value = null] = values;
  const source = sources.find((each) => each.id === value);
  return facetLabel(facet, value, source?.providerName ?? null);
}

interface FacetButtonProps {
  facet: FacetName;
  query: DirectoryQuery;
  isOpen: boolean;
  here: string;
  chosen: string | null;
  panel: ReactNode;
}

const part = "inline-flex h-[30px] items-center gap-1.5 text-sm whitespace-nowrap max-md:h-[34px]";

function FacetButton({ facet, query, isOpen, here, chosen, panel }: FacetButtonProps) {
  const title = facetTitles[facet];
  return (
    <span
      className={cn(
        "relative inline-flex flex-none rounded-md border",
        chosen === null
          ? "border-dashed border-line-field text-secondary"
          : "border-accent-line bg-accent-subtle text-ink",
        isOpen && "border-solid border-accent-line text-ink",
      )}
    >
      <Link
        href={here + directorySearch(query, isOpen ? null : facet)}
        scroll={false}
        prefetch={false}
        aria-expanded={isOpen}
        role="button"
        id={`filter-${facet}`}
        className={cn(part, "rounded-md pl-[9px] hover:text-ink", chosen === null ? "pr-[9px]" : "pr-1")}
      >
        {chosen === null ? <Plus size={12} aria-hidden="true" /> : null}
        {title}
        {chosen === null ? null : <b className="max-w-[160px] truncate font-medium text-accent">{chosen}</b>}
      </Link>
      {chosen === null ? null : (
        <Link
          href={here + directorySearch(withoutFacet(query, facet))}
          scroll={false}
          prefetch={false}
          aria-label={`Remove filter ${title}`}
          className="grid w-7 place-items-center rounded-md text-secondary hover:text-ink"
        >
          <X size={12} aria-hidden="true" />
        </Link>
      )}
      {panel}
    </span>
  );
}
