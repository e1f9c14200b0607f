import { accountReasons } from "@/components/reveal/reasons";
import { RevealField } from "@/components/reveal/reveal-field";
import { Definition, DefinitionList } from "@/components/ui/definition-list";
import { Masked, None } from "@/components/ui/value";
import type { ActionResult } from "@/lib/client/action-result";
import type { BankAccountView, CompanyView, HeldNumberView } from "@/lib/domain/companies/to-company-view";
import type { RevealedView } from "@/lib/domain/reveal/revealed";
import { enumLabel } from "@/lib/format/enums";

interface NumberTarget {
  customerId: string;
  connectionId: string;
  companyId: string;
  ordinal: number;
  number: "account" | "routing";
}

interface BankAccountsProps {
  company: CompanyView;
  provider: string;
  place: Pick<NumberTarget, "customerId" | "connectionId">;
  reveal: (input: NumberTarget & { reason: string }) => Promise<ActionResult<RevealedView>>;
}

/** The bank accounts that the provider pays from: numbers masked, each with its own Reveal. */
export function BankAccounts(props: BankAccountsProps) {
  const { company, provider } = props;
  if (company.accounts === null)
    return (
      <p className="flex items-center gap-2.5 py-3 text-sm text-secondary">
        <Masked /> Your role does not include bank accounts.
      </p>
    );
  return (
    <div className="pt-5">
      <h3 className="pb-1">Bank accounts</h3>
      {company.accounts.length > 0 ? (
        <p className="pb-1.5 text-xs text-muted">
          Numbers are kept encrypted. Showing one needs a reason, and the audit keeps it.
        </p>
      ) : null}
      {company.accounts.length === 0 ? (
        <p className="py-2 text-sm">
          <None provider={provider} long />
        </p>
      ) : (
        <div className="grid gap-4">
          {company.accounts.map((account) => (
            <BankAccount key={account.ordinal} {...props} account={account} />
          ))}
        </div>
      )}
    </div>
  );
}

function nameOf({ name, type, ordinal }: BankAccountView): string {
  const kind = type ? enumLabel("accountType", type) : null;
  return name ?? (kind ? `${kind} account` : `Account ${ordinal + 1}`);
}

function BankAccount({
  account,
  company,
  provider,
  place,
  reveal,
}: BankAccountsProps & { account: BankAccountView }) {
  const name = nameOf(account);
  const number = (which: NumberTarget["number"], held: HeldNumberView | null) => {
    if (!held) return <None provider={provider} long />;
    if (!held.mayReveal) return <Masked lastFour={held.lastFour} pattern="account" />;
    return (
      <RevealField
        lastFour={held.lastFour}
        pattern="account"
        what={`${which} number of ${name}`}
        target={{ ...place, companyId: company.id, ordinal: account.ordinal, number: which }}
        reveal={reveal}
        suggestions={accountReasons}
      />
    );
  };
  return (
    <div>
      <p className="border-b border-line py-[7px] text-sm font-medium">
        {name}
        {account.institution ? (
          <span className="font-normal text-secondary"> at {account.institution}</span>
        ) : null}
      </p>
      <DefinitionList align="start">
        {account.name && account.type ? (
          <Definition term="Kind">{enumLabel("accountType", account.type)}</Definition>
        ) : null}
        <Definition term="Account">{number("account", account.account)}</Definition>
        <Definition term="Routing">{number("routing", account.routing)}</Definition>
      </DefinitionList>
    </div>
  );
}
