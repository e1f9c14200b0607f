import { methodLabel, typeLabel } from "@/components/payslip/payslip-words";
import { Money } from "@/components/ui/money";
import { Chip } from "@/components/ui/status-chip";
import { RowLink, SubLine, Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import { Tag } from "@/components/ui/tag";
import { Masked, None } from "@/components/ui/value";
import type { LineSum, StatementRowView } from "@/lib/domain/payroll/payments/list-statements";
import type { StatementSortInput } from "@/lib/domain/payroll/payments/statements-query";
import { paths } from "@/lib/paths";
import { AmountCell } from "./money-cell";
import { statementsSearch, type StatementsAddress } from "./statements-url";

interface StatementsTableProps {
  customerId: string;
  paymentId: string;
  address: StatementsAddress;
  rows: readonly StatementRowView[];
  provider: string;
}

/** A page of statements. On phones: the person and net pay; the rest is on the statement. */
export function StatementsTable({ customerId, paymentId, address, rows, provider }: StatementsTableProps) {
  const { query } = address;
  const hasUnknown = rows.some(({ unknownTaxes }) => unknownTaxes.length > 0);
  const head = (sort: StatementSortInput) => ({
    sortHref:
      paths.payrollPayment(customerId, paymentId) +
      statementsSearch(address, { sort, descending: query.sort === sort && !query.descending }),
    sorted: query.sort === sort && (query.descending ? ("descending" as const) : ("ascending" as const)),
  });
  return (
    <Table
      label="Pay statements"
      density="relaxed"
      className="[&_td]:px-2 [&_th]:px-2"
      scrollClassName="md:max-h-[max(360px,calc(100dvh-200px))] md:overflow-y-auto"
    >
      <THead>
        <TR>
          <TH {...head("name")}>Person</TH>
          <TH wide>Paid by</TH>
          <TH wide numeric className="max-lg:hidden" {...head("hours")}>
            Hours
          </TH>
          <TH wide numeric {...head("gross")}>
            Gross
          </TH>
          <TH wide numeric>
            Taxes
          </TH>
          {hasUnknown ? (
            <TH wide numeric title="Taxes that do not say whether the employer pays them">
              Payer unknown
            </TH>
          ) : null}
          <TH wide numeric className="max-lg:hidden">
            Deductions
          </TH>
          <TH numeric {...head("net")}>
            Net
          </TH>
          <TH wide numeric className="max-xl:hidden">
            Employer&apos;s share
          </TH>
        </TR>
      </THead>
      <TBody>
        {rows.map((row) => (
          <StatementTableRow key={row.id} {...{ customerId, paymentId, row, provider, hasUnknown }} />
        ))}
      </TBody>
    </Table>
  );
}

interface RowProps extends Pick<StatementsTableProps, "customerId" | "paymentId" | "provider"> {
  row: StatementRowView;
  /** Some row has taxes of unknown payer, so there is a column for them. */
  hasUnknown: boolean;
}

function StatementTableRow({ customerId, paymentId, row, provider, hasUnknown }: RowProps) {
  const none = <None provider={provider} />;
  const lists = (...those: string[]) => ({
    isGiven: !those.some((list) => row.notGiven.includes(list)),
    provider,
  });
  const method = row.paymentMethod === null ? none : methodLabel(row.paymentMethod);
  return (
    <TR>
      <TD rowHeader className="max-w-[240px]">
        <span className="flex items-center gap-1.5">
          <RowLink
            href={paths.payStatement(customerId, paymentId, row.id)}
            prefetch={false}
            className="truncate"
          >
            {row.person.hidden ? "Statement" : (row.person.name ?? "Unnamed person")}
          </RowLink>
          {row.person.hidden ? <Masked reason="Your role does not include people's names" /> : null}
          {row.number > 1 ? <Tag>statement {row.number}</Tag> : null}
          {row.person.gone ? <Tag kind="missing">left the directory</Tag> : null}
          {row.doesNotAddUp ? (
            <span title="Gross or net is not the sum of the lines in any known way">
              <Chip tone="attention" shape="triangle" plain>
                does not add up
              </Chip>
            </span>
          ) : null}
        </span>
        <SubLine className="md:hidden">{method}</SubLine>
      </TD>
      <TD wide className="text-secondary">
        {method}
        <SubLine>{row.type === null ? "type not provided" : typeLabel(row.type)}</SubLine>
      </TD>
      <TD wide numeric className="max-lg:hidden">
        {row.hours ?? none}
      </TD>
      <TD wide numeric>
        <AmountCell amount={row.gross} provider={provider} />
      </TD>
      <TD wide numeric>
        <LineSums sums={row.employeeTaxes} {...lists("tax")} />
      </TD>
      {hasUnknown ? (
        <TD wide numeric>
          <LineSums sums={row.unknownTaxes} {...lists("tax")} />
        </TD>
      ) : null}
      <TD wide numeric className="max-lg:hidden">
        <LineSums sums={row.deductions} {...lists("deduction")} />
      </TD>
      <TD numeric>
        <AmountCell amount={row.net} provider={provider} />
      </TD>
      <TD wide numeric className="max-xl:hidden">
        <LineSums sums={row.employerCost} {...lists("tax", "contribution")} />
      </TD>
    </TR>
  );
}

interface LineSumsProps {
  sums: readonly LineSum[];
  /** Whether the provider gave every list that these lines are from. */
  isGiven: boolean;
  provider: string;
}

/** Sums of lines, one a currency. No such line is said and is not a zero; no list at all is not even that. */
function LineSums({ sums, isGiven, provider }: LineSumsProps) {
  if (sums.length === 0)
    return isGiven ? <span className="text-muted">no lines</span> : <None provider={provider} />;
  return sums.map(({ amountCents, currency, missing }) => (
    <span key={currency ?? ""} className="block">
      <Money amount={amountCents} currency={currency} atLeast={missing > 0 || !isGiven} />
    </span>
  ));
}
