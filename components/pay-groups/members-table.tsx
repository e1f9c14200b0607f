import { EmploymentStatus } from "@/components/individuals/employment-status";
import { FieldValue } from "@/components/individuals/field-value";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { Pagination } from "@/components/ui/pagination";
import { SearchFilter } from "@/components/ui/search-filter";
import { Section } from "@/components/ui/section";
import { RowLink, SubLine, Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import { Syncing } from "@/components/ui/value";
import type { MembersView, PayGroupMemberView } from "@/lib/domain/pay-groups/get-pay-group";
import type { PayGroupView } from "@/lib/domain/pay-groups/views";
import { enumLabel } from "@/lib/format/enums";
import { formatCount, formatNumber } from "@/lib/format/money";
import { paths } from "@/lib/paths";

interface MembersProps {
  customerId: string;
  group: PayGroupView;
  members: MembersView;
  search: string;
}

/** The people of a pay group, page by page. */
export function Members({ customerId, group, members, search }: MembersProps) {
  const here = paths.payGroup(customerId, group.id);
  const turn = (name: "after" | "before", id: string | null) =>
    id &&
    `${here}?${new URLSearchParams({ ...(search ? { q: search } : {}), [name]: id }).toString()}#people`;
  const given = group.members.kind === "value" ? group.members.value : null;
  const unknown = given === null ? 0 : given - members.known;
  return (
    <Section
      title="People"
      id="people"
      note={given === null ? undefined : formatCount(given, "person", "people")}
    >
      {group.members.kind === "syncing" ? (
        <p className="flex items-center gap-2.5 py-4 text-sm text-secondary">
          <Syncing /> Who is in this group was not read yet.
        </p>
      ) : null}
      {members.known > 0 ? (
        <div className="pt-3">
          <FilterBar
            search={
              <SearchFilter label="Search people of this group" placeholder="Name, title, department" />
            }
            clearHref={search ? here : null}
          />
        </div>
      ) : null}
      {members.rows.length > 0 ? (
        <>
          <MembersTable customerId={customerId} rows={members.rows} provider={group.source.providerName} />
          <Pagination
            label="people"
            inPlace
            summary={
              search
                ? `${formatNumber(members.matching)} of ${formatNumber(members.known)} match`
                : formatCount(members.known, "person", "people")
            }
            previousHref={turn("before", members.previous)}
            nextHref={turn("after", members.next)}
          />
        </>
      ) : (
        <NoMembers search={search} group={group} />
      )}
      {unknown > 0 ? (
        <p className="pt-1 text-xs text-muted">
          {formatCount(unknown, "more id", "more ids")} in this group that the directory does not know.
        </p>
      ) : null}
    </Section>
  );
}

function NoMembers({ search, group }: Pick<MembersProps, "search" | "group">) {
  if (search)
    return (
      <EmptyState art="none" title="Nobody matches" headingLevel={3}>
        “{search}” finds no one of this pay group.
      </EmptyState>
    );
  if (group.members.kind === "syncing") return null;
  return (
    <p className="py-4 text-sm text-secondary">
      {group.members.kind === "none"
        ? `${group.source.providerName} does not say who is in this group.`
        : "Nobody of this group is in the directory."}
    </p>
  );
}

interface MembersTableProps {
  customerId: string;
  rows: readonly PayGroupMemberView[];
  provider: string;
}

function MembersTable({ customerId, rows, provider }: MembersTableProps) {
  return (
    <Table label="People of this pay group" density="compact">
      <THead>
        <TR>
          <TH>Name</TH>
          <TH wide>Title</TH>
          <TH wide>Department</TH>
          <TH wide>Type</TH>
          <TH>Status</TH>
        </TR>
      </THead>
      <TBody>
        {rows.map((row) => (
          <TR key={row.id}>
            <TD rowHeader>
              {row.gone ? (
                <>
                  {row.name ?? "Unnamed person"}
                  <SubLine>no longer in the directory</SubLine>
                </>
              ) : (
                <RowLink href={paths.individual(customerId, row.id)}>{row.name ?? "Unnamed person"}</RowLink>
              )}
            </TD>
            <TD wide className="text-secondary">
              <FieldValue field={row.title} provider={provider} />
            </TD>
            <TD wide>
              <FieldValue field={row.department} provider={provider} />
            </TD>
            <TD wide className="text-secondary">
              <FieldValue field={row.type} provider={provider}>
                {(type) => enumLabel("employmentType", type)}
              </FieldValue>
            </TD>
            <TD>
              {row.status.kind === "value" ? (
                <EmploymentStatus status={row.status.value} />
              ) : (
                <FieldValue field={row.status} provider={provider} />
              )}
            </TD>
          </TR>
        ))}
      </TBody>
    </Table>
  );
}
