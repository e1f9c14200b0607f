import { Section } from "@/components/ui/section";
import { Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import { None } from "@/components/ui/value";
import type { IndividualView } from "@/lib/domain/individuals/to-individual-view";
import type { IncomeView } from "@/lib/domain/individuals/to-directory-row";
import { formatDate } from "@/lib/format/dates";
import { FieldValue } from "./field-value";
import { HiddenSection } from "./individual-sections";
import { IncomeAmount } from "./income-amount";

/** Income now and before, in the unit in which the provider keeps it. */
export function IncomeSection({ person }: { person: IndividualView }) {
  const { income, connection } = person;
  const provider = connection.providerName;
  if (income.kind === "hidden") return <HiddenSection title="Income" what="income" />;
  const { current, history } = income;
  if (current.kind !== "value" && history.length === 0)
    return (
      <Section title="Income">
        <p className="py-3 text-sm">
          <FieldValue field={current} provider={provider} long />
        </p>
      </Section>
    );
  return (
    <Section title="Income" note="in the unit of time that the provider uses">
      <Table label="Income history">
        <THead>
          <TR>
            <TH>From</TH>
            <TH numeric>Amount</TH>
            <TH wide>
              <span className="sr-only">Now or before</span>
            </TH>
          </TR>
        </THead>
        <TBody>
          {current.kind === "value" ? (
            <IncomeRow income={current.value} provider={provider} note="now" />
          ) : null}
          {history.map((past, at) => (
            <IncomeRow key={`${past.effectiveDate}-${at}`} income={past} provider={provider} note="" />
          ))}
        </TBody>
      </Table>
    </Section>
  );
}

function IncomeRow({ income, provider, note }: { income: IncomeView; provider: string; note: string }) {
  return (
    <TR>
      <TD rowHeader>
        {income.effectiveDate ? formatDate(income.effectiveDate) : <None provider={provider} />}
      </TD>
      <TD numeric>
        <IncomeAmount income={income} />
      </TD>
      <TD wide className="text-muted">
        {note}
      </TD>
    </TR>
  );
}
