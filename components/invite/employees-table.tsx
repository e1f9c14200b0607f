"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { useStepUp } from "@/components/step-up/use-step-up";
import { RecoverDialog } from "@/components/team/recover-dialog";
import type { TeamActions } from "@/components/team/team-actions";
import { Button } from "@/components/ui/button";
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
  /** Null for who may not: for somebody who lost the second factor. */
  recoverAccount: TeamActions["recoverAccount"] | null;
}

type Settle = (attempt: () => Promise<ActionResult<unknown>>, title: string) => Promise<string | void>;

/** One row for each account with access and each invitation that is out. */
export function EmployeesTable({ customerId, view, actions, recoverAccount }: EmployeesTableProps) {
  const router = useRouter();
  const { run, dialog } = useStepUp();
  const [, startTransition] = useTransition();
  const [recovering, setRecovering] = useState<{ userId: string; name: null; email: string } | null>(null);

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
            <TH>
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
              <TD wrap className="w-[1%] text-right">
                <RowActions
                  customerId={customerId}
                  employee={employee}
                  actions={actions}
                  settle={settle}
                  onRecover={recoverAccount ? setRecovering : null}
                />
              </TD>
            </TR>
          ))}
        </TBody>
      </Table>
      {recovering && recoverAccount ? (
        <RecoverDialog
          customerId={customerId}
          member={recovering}
          recoverAccount={(input) => run(() => recoverAccount(input))}
          onClose={() => setRecovering(null)}
          onDone={() => {
            setRecovering(null);
            notify({ title: "Account recovered", detail: `${recovering.email} is told how to sign in.` });
          }}
        />
      ) : null}
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
  onRecover: ((account: { userId: string; name: null; email: string }) => void) | null;
}

function RowActions({ customerId, employee, actions, settle, onRecover }: RowActionsProps) {
  const { id, userId, individualId, email } = employee;
  if (userId)
    return (
      <span className="flex items-center justify-end gap-2 max-md:flex-wrap">
        {onRecover && email ? (
          <Button size="sm" variant="ghost" onClick={() => onRecover({ userId, name: null, email })}>
            Recover account
          </Button>
        ) : null}
        <ConfirmInPlace
          label="End access"
          question="End it at once?"
          confirmLabel="End access"
          keepLabel="Keep it"
          onConfirm={() => settle(() => actions.end({ customerId, individualId, userId }), "Access ended")}
        />
      </span>
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
