import Form from "next/form";
import { Button, LinkButton } from "@/components/ui/button";
import type { DirectoryQuery } from "@/lib/domain/individuals/directory-query";
import type { FacetOption } from "@/lib/domain/individuals/list-directory-facet";
import { formatNumber } from "@/lib/format/money";
import {
  directoryEntries,
  directorySearch,
  facetValues,
  withoutFacet,
  type FacetName,
} from "./directory-url";
import { facetLabel, facetTitles } from "./facet-label";
import { PanelKeys } from "./panel-keys";

interface FilterPanelProps {
  here: string;
  query: DirectoryQuery;
  facet: FacetName;
  options: FacetOption[];
}

/** The choices of one filter with the number of people behind each; sent as a plain form. */
export function FilterPanel({ here, query, facet, options }: FilterPanelProps) {
  const title = facetTitles[facet];
  const chosen = facetValues(query, facet);
  const single = facet === "manager";
  const closeHref = here + directorySearch(query);
  const kept = directoryEntries({ query: withoutFacet(query, facet), open: null });
  return (
    <PanelKeys closeHref={closeHref} returnTo={`filter-${facet}`}>
      <Form
        action={here}
        scroll={false}
        aria-label={`Filter by ${title}`}
        className="fixed inset-x-2 bottom-2 z-20 rounded-lg border border-line-strong bg-surface-raised text-ink shadow-float md:absolute md:inset-x-auto md:top-full md:bottom-auto md:left-0 md:mt-1.5 md:w-[300px]"
      >
        {kept.map(([name, value], at) => (
          <input key={`${name}-${at}`} type="hidden" name={name} value={value} />
        ))}
        <fieldset className="max-h-[320px] overflow-y-auto p-1.5">
          <legend className="px-2 pt-1 pb-1 text-xs text-muted">
            {single ? "Direct reports of" : `Show only these (${title.toLowerCase()})`}
          </legend>
          {options.map((option) => (
            <label
              key={option.value ?? ""}
              className="flex min-h-8 cursor-pointer items-center gap-2.5 rounded-md px-2 hover:bg-surface-hover"
            >
              <input
                type={single ? "radio" : "checkbox"}
                name={facet}
                value={option.value ?? ""}
                defaultChecked={chosen.includes(option.value)}
              />
              <span className="min-w-0 flex-1 truncate">{facetLabel(facet, option.value, option.label)}</span>
              <span className="text-xs text-muted">{formatNumber(option.count)}</span>
            </label>
          ))}
          {options.length === 0 ? (
            <p className="px-2 py-1.5 text-muted">Nobody is left to choose from.</p>
          ) : null}
        </fieldset>
        <div className="flex justify-end gap-2 border-t border-line p-2">
          <LinkButton href={closeHref} scroll={false} size="sm" variant="ghost">
            Close
          </LinkButton>
          <Button type="submit" size="sm" variant="primary">
            Show
          </Button>
        </div>
      </Form>
    </PanelKeys>
  );
}
