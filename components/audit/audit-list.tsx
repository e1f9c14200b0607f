import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import type { AuditPageView } from "@/lib/domain/audit/list-audit";
import { formatCount } from "@/lib/format/money";
import { AuditFilters } from "./audit-filters";
import { AuditTable } from "./audit-table";
import { atPlace, auditHref, hasFilter, withoutFilter, type AuditAddress } from "./audit-url";

interface AuditListProps {
  /** The page's own path. */
  here: string;
  address: AuditAddress;
  view: AuditPageView;
  /** What stands where nothing was ever written. */
  empty: string;
}

/** Filters, entries and pages of one chain. */
export function AuditList({ here, address, view, empty }: AuditListProps) {
  const { entries, newer, older, matching } = view;
  const isFiltered = hasFilter(address);
  if (view.chain.headSeq === 0 && !isFiltered)
    return <EmptyState title="Nothing written yet">{empty}</EmptyState>;
  return (
    <>
      <AuditFilters here={here} address={address} view={view} />
      {entries.length > 0 ? (
        <>
          <AuditTable label="Audit entries" entries={entries} zone={view.zone} now={view.now} />
          <Pagination
            summary={
              entries.length === matching
                ? formatCount(matching, "entry", "entries")
                : `${entries.length} of ${formatCount(matching, "entry", "entries")}`
            }
            previousHref={newer === null ? null : auditHref(here, atPlace(address, { before: newer }))}
            nextHref={older === null ? null : auditHref(here, atPlace(address, { after: older }))}
          />
        </>
      ) : (
        <EmptyState
          art="none"
          title={matching > 0 ? "No entries here" : "No entry matches these filters"}
          action={
            <LinkButton href={auditHref(here, matching > 0 ? atPlace(address) : withoutFilter(address))}>
              {matching > 0 ? "Show the newest" : "Clear the filters"}
            </LinkButton>
          }
        >
          {matching > 0
            ? "This place in the list is past its end."
            : "Other entries exist; clear the filters to see them."}
        </EmptyState>
      )}
    </>
  );
}
