import { FilterBar } from "@/components/ui/filter-bar";
import { FilterMenu } from "@/components/ui/filter-menu";
import { SearchFilter } from "@/components/ui/search-filter";
import type { DocumentQuery } from "@/lib/domain/documents/document-query";
import type { DocumentsView } from "@/lib/domain/documents/list-documents";
import { paths } from "@/lib/paths";
import { formName } from "./documents-table";
import { hasDocumentFilter, noType } from "./documents-url";

interface DocumentFiltersProps {
  customerId: string;
  query: DocumentQuery;
  view: DocumentsView;
}

/** Counts of one side of the kinds, summed over the other. */
function options<T extends string | number | null>(
  kinds: DocumentsView["kinds"],
  valueOf: (kind: DocumentsView["kinds"][number]) => T,
): { value: T; count: number }[] {
  const counts = new Map<T, number>();
  for (const kind of kinds) counts.set(valueOf(kind), (counts.get(valueOf(kind)) ?? 0) + kind.count);
  return [...counts].map(([value, count]) => ({ value, count }));
}

export function DocumentFilters({ customerId, query, view }: DocumentFiltersProps) {
  const years = options(view.kinds, ({ year }) => year).flatMap(({ value, count }) =>
    value === null ? [] : [{ value: String(value), label: String(value), count }],
  );
  const types = options(view.kinds, ({ type }) => type).map(({ value, count }) => ({
    value: value ?? noType,
    label: formName(value),
    count,
  }));
  return (
    <FilterBar
      search={<SearchFilter label="Search people" placeholder="Name, title or department" />}
      clearHref={hasDocumentFilter(query) ? paths.documents(customerId) : null}
    >
      <FilterMenu label="Form" name="type" options={types} />
      <FilterMenu label="Year" name="year" options={years} />
      <FilterMenu
        label="State"
        name="state"
        single
        options={[
          { value: "read", label: "Here" },
          { value: "unread", label: "Being read" },
          { value: "failed", label: "Not readable" },
        ]}
      />
      {view.sources.length > 1 ? (
        <FilterMenu
          label="From"
          name="connection"
          options={view.sources.map(({ id, providerName }) => ({ value: id, label: providerName }))}
        />
      ) : null}
    </FilterBar>
  );
}
