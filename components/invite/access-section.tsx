"use client";

import { UserPlus } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { useStepUp } from "@/components/step-up/use-step-up";
import { Button } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import { notify } from "@/components/ui/toaster";
import type { ActionResult } from "@/lib/client/action-result";
import type { EmployeeAccessView } from "@/lib/domain/invitations/get-employee-access";
import { AccountLine, PendingLine } from "./access-lines";
import type { InviteActions } from "./invite-actions";

const InviteDialog = dynamic(() => import("./invite-dialog").then((module) => module.InviteDialog), {
  ssr: false,
});

export interface AccessSectionProps {
  customerId: string;
  individualId: string;
  /** The person's name. */
  name: string;
  access: EmployeeAccessView;
  /** Addresses that payroll has: offered, never taken by themselves. */
  hints: string[];
  zone: string | null;
  now: Date;
  actions: InviteActions;
}

/** Who sees this person's own pages, who is invited to them, and what can be done about it. */
export function AccessSection(props: AccessSectionProps) {
  const { customerId, individualId, name, access, zone, now, actions } = props;
  const router = useRouter();
  const { run, dialog } = useStepUp();
  const [inviting, setInviting] = useState(false);
  const [, startTransition] = useTransition();
  const { accounts, pending } = access;

  function done(title: string, detail: string) {
    setInviting(false);
    notify({ title, detail });
    startTransition(() => router.refresh());
  }

  async function settle(
    attempt: () => Promise<ActionResult<unknown>>,
    title: string,
    detail: string,
  ): Promise<string | void> {
    const result = await run(attempt);
    if (!result.ok) return result.error.message;
    done(title, detail);
  }

  return (
    <Section title="Own access">
      <div className="grid gap-3 py-3 text-sm">
        {accounts.map((account) => (
          <AccountLine
            key={account.userId}
            account={account}
            zone={zone}
            now={now}
            onEnd={() =>
              settle(
                () => actions.end({ customerId, individualId, userId: account.userId }),
                "Access ended",
                `${account.email} no longer sees the pages of ${name}.`,
              )
            }
          />
        ))}
        {pending ? (
          <PendingLine
            pending={pending}
            zone={zone}
            now={now}
            onResend={() =>
              settle(
                () => actions.resend({ customerId, invitationId: pending.id }),
                "Invitation sent again",
                `A new link is on its way to ${pending.email}. The old one ended.`,
              )
            }
            onRevoke={() =>
              settle(
                () => actions.revoke({ customerId, invitationId: pending.id }),
                "Invitation taken back",
                "Its link opens nothing any more.",
              )
            }
          />
        ) : null}
        {accounts.length === 0 && !pending ? (
          <p className="text-secondary">
            Nobody sees this person&apos;s own pages. Who is invited sees this profile, the pay statements and
            the totals of this one person, and nothing else.
          </p>
        ) : null}
        <div>
          <Button size="sm" onClick={() => setInviting(true)}>
            <UserPlus size={14} aria-hidden="true" />
            {accounts.length > 0 || pending ? "Invite another address" : "Invite"}
          </Button>
        </div>
      </div>
      {inviting ? (
        <InviteDialog
          {...props}
          replaces={pending?.email ?? null}
          invite={(email) => run(() => actions.invite({ customerId, individualId, email }))}
          onClose={() => setInviting(false)}
          onDone={(email) => done("Invited", `A mail is on its way to ${email}.`)}
        />
      ) : null}
      {dialog}
    </Section>
  );
}
