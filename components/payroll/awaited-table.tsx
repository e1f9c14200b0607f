import { Copyable } from "@/components/ui/copyable";
import { Chip } from "@/components/ui/status-chip";
import { RowLink, Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import { Masked } from "@/components/ui/value";
import type { AwaitedPersonView } from "@/lib/domain/payroll/payments/list-awaited-statements";
import type { StatementState } from "@/lib/domain/payroll/payments/payments-query";
import { paths } from "@/lib/paths";
import { stateLooks } from "./payment-words";

interface AwaitedTableProps {
  customerId: string;
  people: readonly AwaitedPersonView[];
  state: StatementState;
}

/** Whom Finch names on the payment and of whom no statement is here, with why. */
export function AwaitedTable({ customerId, people, state }: AwaitedTableProps) {
  const look =
    state === "complete"
      ? { tone: "attention" as const, shape: "dashed" as const, label: "Finch gave none" }
      : stateLooks[state];
  return (
    <Table label="People without a statement" className="[&_td]:px-2 [&_th]:px-2">
      <THead>
        <TR>
          <TH>Person</TH>
          <TH>Statement</TH>
          <TH wide>Finch individual</TH>
        </TR>
      </THead>
      <TBody>
        {people.map(({ finchIndividualId, individualId, name, hidden }) => (
          <TR key={finchIndividualId}>
            <TD rowHeader>
              {individualId ? (
                <RowLink href={paths.individual(customerId, individualId)}>
                  {name ?? "Unnamed person"}
                </RowLink>
              ) : (
                (name ??
                (hidden ? (
                  <Masked reason="Your role does not include people's names" />
                ) : (
                  <span className="text-muted">Not in the directory</span>
                )))
              )}
            </TD>
            <TD>
              <Chip tone={look.tone} shape={look.shape} plain>
                {look.label}
              </Chip>
            </TD>
            <TD wide>
              <Copyable value={finchIndividualId} label="Finch individual" short />
            </TD>
          </TR>
        ))}
      </TBody>
    </Table>
  );
}
