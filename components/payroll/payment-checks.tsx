import { Money } from "@/components/ui/money";
import { Section } from "@/components/ui/section";
import { Skeleton } from "@/components/ui/skeleton";
import { Chip, type StatusLook } from "@/components/ui/status-chip";
import { SubLine, Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import type { CheckVerdict, FigureCheck } from "@/lib/domain/payroll/payments/check-figures";
import type { PaymentChecksView } from "@/lib/domain/payroll/payments/get-payment-checks";
import { formatMoney } from "@/lib/format/money";
import { currencyName, signed } from "./payment-words";

const names: Record<FigureCheck["figure"], string> = {
  gross: "Gross pay",
  net: "Net pay",
  employeeTaxes: "Employee taxes",
  employerTaxes: "Employer taxes",
};

const looks: Record<CheckVerdict, StatusLook> = {
  equal: { tone: "healthy", shape: "check", label: "Agrees" },
  equal_with_unknown: { tone: "healthy", shape: "check", label: "Agrees with unknown taxes" },
  differs: { tone: "attention", shape: "triangle", label: "Differs" },
  incomplete: { tone: "waiting", shape: "hourglass", label: "Not complete yet" },
  no_total: { tone: "neutral", shape: "dashed", label: "No total given" },
};

const title = "Totals checked";
const note = "the payment's own against the sum of its statements";

interface PaymentChecksProps {
  view: PaymentChecksView;
  provider: string;
}

/** Each total that statements can add up to, with the difference; what the company is debited is none of them. */
export function PaymentChecks({ view, provider }: PaymentChecksProps) {
  const unknown = view.unknownTaxes.map(({ cents, currency }) => formatMoney(cents, currency || null));
  return (
    <Section title={title} note={note}>
      <Table label="Totals checked" className="[&_td]:px-2 [&_th]:px-2">
        <THead>
          <TR>
            <TH>Total</TH>
            <TH numeric>Of the payment</TH>
            <TH numeric>Of its statements</TH>
            <TH numeric wide>
              Difference
            </TH>
            <TH wide>Verdict</TH>
          </TR>
        </THead>
        <TBody>
          {view.checks.map((check) => (
            <CheckRow key={check.figure} check={check} provider={provider} />
          ))}
        </TBody>
      </Table>
      {unknown.length > 0 ? (
        <p className="mt-2 text-xs text-muted">
          {unknown.join(" and ")} of taxes do not say whether the employer pays them: they are in neither sum.
        </p>
      ) : null}
    </Section>
  );
}

function CheckRow({ check, provider }: { check: FigureCheck; provider: string }) {
  const { figure, own, statementsCents, currency, differenceCents, verdict, missing, others } = check;
  const { tone, shape, label } = looks[verdict];
  const difference =
    differenceCents === null ? null : signed(formatMoney(differenceCents, currency), differenceCents);
  return (
    <TR>
      <TD rowHeader wrap>
        {names[figure]}
        <SubLine className="md:hidden">
          {difference && verdict !== "equal" ? `${label}, difference ${difference}` : label}
        </SubLine>
      </TD>
      <TD numeric>
        <Money amount={own?.amountCents} currency={own?.currency ?? null} provider={provider} />
      </TD>
      <TD numeric>
        {statementsCents === null ? (
          <span className="text-muted">no statements</span>
        ) : (
          <Money amount={statementsCents} currency={currency} atLeast={missing > 0} />
        )}
        {others.map((other) => (
          <SubLine key={other.currency}>
            and {formatMoney(other.cents, other.currency || null)}{" "}
            {other.currency ? null : currencyName(null)}
          </SubLine>
        ))}
      </TD>
      <TD numeric wide>
        {difference ?? <span className="text-muted">none to tell</span>}
      </TD>
      <TD wide>
        <Chip tone={tone} shape={shape} plain>
          {label}
        </Chip>
      </TD>
    </TR>
  );
}

/** While the lines are added up. */
export function PaymentChecksSkeleton() {
  return (
    <Section title={title} note={note}>
      <div aria-busy="true">
        {Array.from({ length: 5 }, (_, row) => (
          <div key={row} className="flex h-row items-center gap-6 border-b border-line px-2">
            <Skeleton className="w-32" />
            <Skeleton className="ml-auto w-24" />
            <Skeleton className="w-24" />
          </div>
        ))}
      </div>
    </Section>
  );
}
