import { Table, TD, TFoot, TH, THead, TR } from "@/components/ui/table";
import type { YtdView } from "@/lib/domain/payroll/ytd/list-ytd";
import type { YtdQuery, YtdSort } from "@/lib/domain/payroll/ytd/ytd-query";
import { formatCount } from "@/lib/format/money";
import { columnClass } from "./column-class";
import { nameLeadsTo, pageSums, toColumnModel, toRowModels, ytdColumns } from "./row-model";
import { YtdRows } from "./ytd-rows";
import { ytdHref } from "./ytd-url";

interface YtdTableProps {
  customerId: string;
  query: YtdQuery;
  view: YtdView;
}

/** The people of a page with their figures; every figure leads to its lines. */
export function YtdTable({ customerId, query, view }: YtdTableProps) {
  const currency = view.totals[0]?.currency ?? "usd";
  const types = [
    ...new Set(
      view.rows.flatMap((row) => row.figures.flatMap(({ earnings }) => earnings.map(({ type }) => type))),
    ),
  ];
  const columns = ytdColumns(query, view.rows, types);
  const namesPlaces = view.units.length > 1;
  const rows = view.rows.flatMap((row) => toRowModels(customerId, query, row, { columns, namesPlaces }));
  const sums = pageSums(view.rows, columns, currency);
  const head = (sort: YtdSort | undefined) =>
    sort
      ? {
          sortHref: ytdHref(customerId, query, {
            sort,
            currency: sort === "name" ? null : query.currency,
            descending: query.sort === sort ? !query.descending : sort !== "name",
          }),
          sorted:
            query.sort === sort && (query.descending ? ("descending" as const) : ("ascending" as const)),
        }
      : {};
  return (
    <Table
      label="Wages by person"
      density={rows.some(({ sub, cells }) => sub || cells.some((cell) => cell.sub)) ? "relaxed" : "normal"}
      className="[&_tfoot_td]:px-2 [&_thead_th]:px-2"
      scrollClassName="md:max-h-[max(360px,calc(100dvh-200px))] md:overflow-y-auto"
    >
      <THead>
        <TR>
          <TH {...head("name")}>Person</TH>
          <TH numeric wide {...head("statements")}>
            Statements
          </TH>
          {columns.map((column) => (
            <TH key={column.label} numeric className={columnClass(column)} {...head(column.sort)}>
              {column.label}
            </TH>
          ))}
        </TR>
      </THead>
      <YtdRows
        rows={JSON.stringify(rows)}
        columns={columns.map(toColumnModel)}
        nameLeadsTo={nameLeadsTo(query)}
      />
      <TFoot>
        <TR>
          <TD rowHeader>
            {formatCount(view.rows.length, "person", "people")} on this page
            <span className="block text-xs font-normal text-muted">
              in {currency === "" ? "amounts without a currency" : currency.toUpperCase()}
            </span>
          </TD>
          <TD wide />
          {columns.map((column, at) => (
            <TD key={column.label} numeric className={columnClass(column)}>
              <b className="font-medium">{sums[at]}</b>
            </TD>
          ))}
        </TR>
      </TFoot>
    </Table>
  );
}
