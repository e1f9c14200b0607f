import type { ReactNode } from "react";
import { FieldValue } from "@/components/individuals/field-value";
import { Banner } from "@/components/ui/banner";
import { Definition, DefinitionList } from "@/components/ui/definition-list";
import { Money } from "@/components/ui/money";
import { Section } from "@/components/ui/section";
import type { FormView } from "@/lib/domain/documents/to-form";
import type { Field } from "@/lib/domain/individuals/field";
import { enumLabel } from "@/lib/format/enums";
import { formatNumber } from "@/lib/format/money";

interface W4FormProps {
  form: FormView;
  provider: string;
}

/** A W-4 line by line, as the form of its time asks (IRS: Form W-4, 2019 and 2020). */
export function W4Form({ form, provider }: W4FormProps) {
  if (form.form === "unknown")
    return (
      <Banner
        tone="neutral"
        title="Perch does not know this kind of form"
        means={`The provider calls it “${form.type ?? "nothing"}”. What stands in it is not shown.`}
        todo="A newer release of Perch may know it."
      />
    );
  return form.form === "w4_2020" ? (
    <Form2020 form={form} provider={provider} />
  ) : (
    <Form2005 form={form} provider={provider} />
  );
}

interface LineProps<T> {
  term: ReactNode;
  step: string;
  field: Field<T>;
  provider: string;
  children: (value: T) => ReactNode;
}

function Line<T>({ term, step, field, provider, children }: LineProps<T>) {
  return (
    <Definition
      term={
        <>
          {term} <span className="block text-xs">{step}</span>
        </>
      }
    >
      <span className="tabular-nums">
        <FieldValue field={field} provider={provider} long>
          {children}
        </FieldValue>
      </span>
    </Definition>
  );
}

/** The IRS's forms are in US dollars. */
const dollars = (amount: bigint) => <Money amount={amount} currency="usd" />;
const status = (value: string) => enumLabel("w4FilingStatus", value);

function Form2020({ form, provider }: { form: Extract<FormView, { form: "w4_2020" }>; provider: string }) {
  return (
    <Section title="What was filled in" note="Form W-4, 2020 and later">
      <DefinitionList align="start">
        <Line term="Filing status" step="Step 1(c)" field={form.filingStatus} provider={provider}>
          {status}
        </Line>
        <Line term="Qualifying children under 17" step="Step 3" field={form.children} provider={provider}>
          {dollars}
        </Line>
        <Line term="Other dependents" step="Step 3" field={form.otherDependents} provider={provider}>
          {dollars}
        </Line>
        <Line
          term="Dependents and other credits"
          step="Step 3, total"
          field={form.totalCredits}
          provider={provider}
        >
          {dollars}
        </Line>
        <Line term="Other income" step="Step 4(a)" field={form.otherIncome} provider={provider}>
          {dollars}
        </Line>
        <Line term="Deductions" step="Step 4(b)" field={form.deductions} provider={provider}>
          {dollars}
        </Line>
        <Line
          term="Extra withholding"
          step="Step 4(c), each pay"
          field={form.extraWithholding}
          provider={provider}
        >
          {dollars}
        </Line>
      </DefinitionList>
      {form.addsUp === false ? (
        <p className="pt-2 text-xs text-muted">The total of step 3 is less than its two parts.</p>
      ) : null}
    </Section>
  );
}

function Form2005({ form, provider }: { form: Extract<FormView, { form: "w4_2005" }>; provider: string }) {
  return (
    <Section title="What was filled in" note="Form W-4, 2019 and earlier">
      <DefinitionList align="start">
        <Line term="Filing status" step="Line 3" field={form.filingStatus} provider={provider}>
          {status}
        </Line>
        <Line term="Allowances" step="Line 5" field={form.allowances} provider={provider}>
          {formatNumber}
        </Line>
        <Line
          term="Additional withholding"
          step="Line 6, each pay"
          field={form.additionalWithholding}
          provider={provider}
        >
          {dollars}
        </Line>
        <Line term="Exemption" step="Line 7" field={form.exemption} provider={provider}>
          {(value) => enumLabel("w4Exemption", value)}
        </Line>
      </DefinitionList>
    </Section>
  );
}
