import type { TeamActions } from "@/components/team/team-actions";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { FilterMenu } from "@/components/ui/filter-menu";
import { LinkButton } from "@/components/ui/button";
import { Pagination } from "@/components/ui/pagination";
import { SearchFilter } from "@/components/ui/search-filter";
import type { EmployeesView, ListEmployeesInput } from "@/lib/domain/invitations/list-employees";
import { formatCount } from "@/lib/format/money";
import { paths } from "@/lib/paths";
import { EmployeesTable } from "./employees-table";
import { employeesHref } from "./employees-url";
import type { InviteActions } from "./invite-actions";
import { stateLooks } from "./state-looks";

interface EmployeesListProps {
  customerId: string;
  address: Required<ListEmployeesInput>;
  view: EmployeesView;
  actions: InviteActions;
  recoverAccount: TeamActions["recoverAccount"] | null;
}

/** Search, state, rows and pages. */
export function EmployeesList({ customerId, address, view, ...actions }: EmployeesListProps) {
  const { employees, counts, previous, next } = view;
  const here = paths.teamEmployees(customerId);
  const isFiltered = address.search !== "" || address.state !== null;
  const all = counts.active + counts.invited + counts.expired;
  const matching = address.state ? counts[address.state] : all;
  if (all === 0 && !isFiltered) return <NobodyYet customerId={customerId} />;
  return (
    <>
      <FilterBar
        search={<SearchFilter label="Search employees" placeholder="Name or invited address" />}
        clearHref={isFiltered ? here : null}
      >
        <FilterMenu
          label="State"
          name="state"
          single
          options={(["active", "invited", "expired"] as const).map((state) => ({
            value: state,
            label: stateLooks[state].label,
            count: counts[state],
          }))}
        />
      </FilterBar>
      {employees.length > 0 ? (
        <>
          <EmployeesTable customerId={customerId} view={view} {...actions} />
          <Pagination
            summary={
              employees.length === matching
                ? formatCount(matching, "entry", "entries")
                : `${employees.length} of ${formatCount(matching, "entry", "entries")}`
            }
            previousHref={previous ? employeesHref(here, address, { before: previous }) : null}
            nextHref={next ? employeesHref(here, address, { after: next }) : null}
          />
        </>
      ) : (
        <EmptyState
          art="none"
          title={matching > 0 ? "Nobody here" : "Nobody matches"}
          action={<LinkButton href={here}>Show everybody</LinkButton>}
        >
          {matching > 0
            ? "This place in the list is past its end."
            : "A name, or the address that somebody was invited at, finds them."}
        </EmptyState>
      )}
    </>
  );
}

function NobodyYet({ customerId }: { customerId: string }) {
  return (
    <EmptyState
      title="No employee has access yet"
      action={
        <LinkButton href={paths.directory(customerId)} variant="primary">
          Open the directory
        </LinkButton>
      }
    >
      Open somebody&apos;s profile and invite them: they see their own profile, pay statements and totals, and
      nothing of anybody else.
    </EmptyState>
  );
}
