import { EmploymentStatus } from "@/components/individuals/employment-status";
import { FieldValue } from "@/components/individuals/field-value";
import { IncomeAmount } from "@/components/individuals/income-amount";
import { TextLink } from "@/components/ui/link";
import { RowLink, SubLine, Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import type { DirectoryQuery, DirectorySortInput } from "@/lib/domain/individuals/directory-query";
import type { DirectoryView } from "@/lib/domain/individuals/list-directory";
import type { DirectoryRowView } from "@/lib/domain/individuals/to-directory-row";
import { formatDate } from "@/lib/format/dates";
import { enumLabel } from "@/lib/format/enums";
import { paths } from "@/lib/paths";
import { directorySearch, firstPage } from "./directory-url";

interface DirectoryTableProps {
  customerId: string;
  query: DirectoryQuery;
  view: DirectoryView;
}

/** The people of a page. On phones: the name with a second line, and one figure; the rest is in the record. */
export function DirectoryTable({ customerId, query, view }: DirectoryTableProps) {
  const head = (sort: DirectorySortInput) => ({
    sortHref:
      paths.directory(customerId) +
      directorySearch({ ...query, ...firstPage, sort, descending: query.sort === sort && !query.descending }),
    sorted: query.sort === sort && (query.descending ? ("descending" as const) : ("ascending" as const)),
  });
  const { income, ssn } = view.columns;
  const severalSources = view.sources.length > 1;
  return (
    <Table
      label="People"
      density="compact"
      className="[&_td]:px-2 [&_th]:px-2"
      scrollClassName="md:max-h-[max(320px,calc(100dvh-248px))] md:overflow-y-auto"
    >
      <THead>
        <TR>
          <TH {...head("name")}>Name</TH>
          <TH wide {...head("title")}>
            Title
          </TH>
          <TH wide {...head("department")}>
            Department
          </TH>
          <TH wide className="max-lg:hidden">
            Manager
          </TH>
          <TH wide className="max-lg:hidden">
            Type
          </TH>
          <TH wide={income} {...head("status")}>
            Status
          </TH>
          <TH wide numeric className="max-lg:hidden" {...head("start")}>
            Start date
          </TH>
          {ssn ? (
            <TH wide className="max-lg:hidden">
              SSN
            </TH>
          ) : null}
          {income ? <TH numeric>Income</TH> : null}
          {severalSources ? <TH wide>From</TH> : null}
        </TR>
      </THead>
      <TBody>
        {view.rows.map((row) => (
          <PersonRow key={row.id} customerId={customerId} row={row} severalSources={severalSources} />
        ))}
      </TBody>
    </Table>
  );
}

interface PersonRowProps {
  customerId: string;
  row: DirectoryRowView;
  severalSources: boolean;
}

function PersonRow({ customerId, row, severalSources }: PersonRowProps) {
  const provider = row.connection.providerName;
  const { income, ssn } = row;
  return (
    <TR>
      <TD rowHeader className="max-w-[190px] truncate">
        <RowLink href={paths.individual(customerId, row.id)} prefetch={false}>
          {row.name ?? "Unnamed person"}
        </RowLink>
        <SubLine className="md:hidden">{secondLine(row)}</SubLine>
      </TD>
      <TD wide className="max-w-[168px] truncate text-secondary">
        <FieldValue field={row.title} provider={provider} />
      </TD>
      <TD wide className="max-w-[132px] truncate">
        <FieldValue field={row.department} provider={provider} />
      </TD>
      <TD wide className="max-w-[128px] truncate max-lg:hidden">
        <FieldValue field={row.manager} provider={provider}>
          {(manager) => (
            <TextLink
              href={paths.individual(customerId, manager.id)}
              prefetch={false}
              quiet
              className="text-ink"
            >
              {manager.name}
            </TextLink>
          )}
        </FieldValue>
      </TD>
      <TD wide className="max-w-[104px] truncate text-secondary max-lg:hidden">
        <FieldValue field={row.subtype.kind === "none" ? row.type : row.subtype} provider={provider}>
          {(value) => enumLabel(row.subtype.kind === "none" ? "employmentType" : "employmentSubtype", value)}
        </FieldValue>
      </TD>
      <TD wide={income !== undefined}>
        <FieldValue field={row.status} provider={provider}>
          {(status) => <EmploymentStatus status={status} />}
        </FieldValue>
      </TD>
      <TD wide numeric className="text-secondary max-lg:hidden">
        <FieldValue field={row.startDate} provider={provider} end>
          {formatDate}
        </FieldValue>
      </TD>
      {ssn ? (
        <TD wide className="max-lg:hidden">
          <FieldValue field={ssn} provider={provider} />
        </TD>
      ) : null}
      {income ? (
        <TD numeric>
          <FieldValue field={income} provider={provider} end>
            {(value) => <IncomeAmount income={value} short />}
          </FieldValue>
        </TD>
      ) : null}
      {severalSources ? (
        <TD wide className="text-secondary">
          {provider}
        </TD>
      ) : null}
    </TR>
  );
}

/** "Hygienist · Active", from what is there. */
function secondLine({ title, status }: DirectoryRowView): string {
  const parts = [
    title.kind === "value" ? title.value : null,
    status.kind === "value" ? enumLabel("employmentStatus", status.value) : null,
  ];
  return parts.filter(Boolean).join(" · ") || "No title yet";
}
