import { Money } from "@/components/ui/money";
import { Definition, DefinitionList } from "@/components/ui/definition-list";
import { TextLink } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { None } from "@/components/ui/value";
import type { RunChangeView } from "@/lib/domain/payroll/payments/get-payment";
import type { Figure } from "@/lib/domain/payroll/payments/group-runs";
import { formatDate } from "@/lib/format/dates";
import { formatMoney } from "@/lib/format/money";
import { paths } from "@/lib/paths";
import { signed } from "./payment-words";

interface RunChangeProps {
  customerId: string;
  change: RunChangeView;
  provider: string;
}

/** What is other than on the regular run of the same group before this one: people, gross in total and per head. */
export function RunChange({ customerId, change, provider }: RunChangeProps) {
  return (
    <Section
      title="Since the last run"
      aside={
        <TextLink href={paths.payrollPayment(customerId, change.earlier.id)} quiet>
          {formatDate(change.earlier.payDate)}
        </TextLink>
      }
    >
      <DefinitionList>
        <Definition term="Gross">
          <ChangedFigure figure={change.gross} provider={provider} />
        </Definition>
        <Definition term="Gross a person">
          <ChangedFigure figure={change.perHead} provider={provider} />
        </Definition>
        <Definition term="Joined">
          <People customerId={customerId} side={change.joined} provider={provider} />
        </Definition>
        <Definition term="Left">
          <People customerId={customerId} side={change.left} provider={provider} />
        </Definition>
      </DefinitionList>
    </Section>
  );
}

function ChangedFigure({ figure, provider }: { figure: Figure | null; provider: string }) {
  if (!figure) return <None provider={provider} />;
  const { amount, changeCents } = figure;
  return (
    <>
      <Money amount={amount.amountCents} currency={amount.currency} />
      <span className="block text-xs text-muted">
        {changeCents === null
          ? "not comparable"
          : changeCents === 0n
            ? "unchanged"
            : signed(formatMoney(changeCents, amount.currency), changeCents)}
      </span>
    </>
  );
}

interface PeopleProps {
  customerId: string;
  side: RunChangeView["joined"];
  provider: string;
}

function People({ customerId, side, provider }: PeopleProps) {
  if (!side) return <None provider={provider} />;
  if (side.count === 0) return "nobody";
  const more = side.count - side.people.length;
  return (
    <>
      {side.count}
      <ul className="mt-0.5 text-xs leading-6 text-secondary">
        {side.people.map(({ individualId, name }, at) => (
          <li key={individualId ?? at}>
            {individualId ? (
              <TextLink href={paths.individual(customerId, individualId)} quiet>
                {name ?? "Unnamed person"}
              </TextLink>
            ) : (
              (name ?? "somebody who is not in the directory")
            )}
          </li>
        ))}
        {more > 0 ? <li className="text-muted">and {more} more</li> : null}
      </ul>
    </>
  );
}
