import { Table, TH, THead, TR } from "@/components/ui/table";
import type { DirectoryQuery, DirectorySortInput } from "@/lib/domain/individuals/directory-query";
import type { DirectoryView } from "@/lib/domain/individuals/list-directory";
import { paths } from "@/lib/paths";
import { DirectoryRows } from "./directory-rows";
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
      <DirectoryRows
        hrefPrefix={`${paths.directory(customerId)}/`}
        rows={view.rows}
        severalSources={severalSources}
      />
    </Table>
  );
}
