"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { useStepUp } from "@/components/step-up/use-step-up";
import { ConfirmInPlace } from "@/components/ui/confirm-in-place";
import { RelativeTime } from "@/components/ui/relative-time";
import { Chip } from "@/components/ui/status-chip";
import { RowLink, SubLine, Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import { notify } from "@/components/ui/toaster";
import type { ActionResult } from "@/lib/client/action-result";
import type { EmployeesView, EmployeeView } from "@/lib/domain/invitations/list-employees";
import { formatInstant } from "@/lib/format/dates";
import { paths } from "@/lib/paths";
import type { InviteActions } from "./invite-actions";
import { SendAgain } from "./send-again";
import { stateLooks } from "./state-looks";

interface EmployeesTableProps {
  customerId: string;
  view: EmployeesView;
  actions: InviteActions;
}

type Settle = (attempt: () => Promise<ActionResult<unknown>>, title: string) => Promise<string | void>;

/** One row for each account with access and each invitation that is out. */
export function EmployeesTable({ customerId, view, actions }: EmployeesTableProps) {
  const router = useRouter();
  const { run, dialog } = useStepUp();
  const [, startTransition] = useTransition();

  const settle: Settle = async (attempt, title) => {
    const result = await run(attempt);
    if (!result.ok) return result.error.message;
    notify({ title });
    startTransition(() => router.refresh());
  };

  return (
    <>
      <Table label="Employees with access" density="relaxed">
        <THead>
          <TR>
            <TH>Person</TH>
            <TH>State</TH>
            <TH wide>Since</TH>
            <TH wide>
              <span className="sr-only">Actions</span>
            </TH>
          </TR>
        </THead>
        <TBody>
          {view.employees.map((employee) => (
            <TR key={employee.id}>
              <TD rowHeader wrap className="max-w-[340px]">
                <Person customerId={customerId} employee={employee} />
              </TD>
              <TD wrap>
                <State employee={employee} zone={view.timeZone} />
              </TD>
              <TD wide className="text-secondary">
                <RelativeTime value={employee.at} now={view.now} zone={view.timeZone} />
                {employee.by ? <SubLine>by {employee.by}</SubLine> : null}
              </TD>
              <TD wide wrap className="w-[1%] text-right">
                <RowActions customerId={customerId} employee={employee} actions={actions} settle={settle} />
              </TD>
            </TR>
          ))}
        </TBody>
      </Table>
      {dialog}
    </>
  );
}

function Person({ customerId, employee }: { customerId: string; employee: EmployeeView }) {
  const { known, name, individualId, email } = employee;
  return (
    <>
      {known ? (
        <RowLink href={paths.individual(customerId, individualId)}>{name ?? "Unnamed person"}</RowLink>
      ) : (
        <span className="text-secondary">Somebody who is no longer in the directory</span>
      )}
      <SubLine className="[overflow-wrap:anywhere]">{email ?? "address not known"}</SubLine>
    </>
  );
}

function State({ employee, zone }: { employee: EmployeeView; zone: string }) {
  const { tone, shape, label } = stateLooks[employee.state];
  return (
    <>
      <Chip tone={tone} shape={shape} plain>
        {label}
      </Chip>
      {employee.expiresAt ? (
        <SubLine>
          {employee.state === "expired" ? "ended " : "until "}
          {formatInstant(employee.expiresAt, zone, { showZone: true })}
        </SubLine>
      ) : null}
    </>
  );
}

interface RowActionsProps extends Pick<EmployeesTableProps, "customerId" | "actions"> {
  employee: EmployeeView;
  settle: Settle;
}

function RowActions({ customerId, employee, actions, settle }: RowActionsProps) {
  const { id, userId, individualId } = employee;
  if (userId)
    return (
      <ConfirmInPlace
        label="End access"
        question="End it at once?"
        confirmLabel="End access"
        keepLabel="Keep it"
        className="ml-auto"
        onConfirm={() => settle(() => actions.end({ customerId, individualId, userId }), "Access ended")}
      />
    );
  const invitation = { customerId, invitationId: id };
  return (
    <span className="flex flex-wrap justify-end gap-2">
      <SendAgain
        onResend={() => settle(() => actions.resend(invitation), "Invitation sent again with a new link")}
      />
      <ConfirmInPlace
        label="Take back"
        question="Take it back?"
        confirmLabel="Take back"
        keepLabel="Keep it"
        onConfirm={() => settle(() => actions.revoke(invitation), "Invitation taken back")}
      />
    </span>
  );
}
