"use client";

import { UserPlus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState, useTransition, type ReactNode } from "react";
import { useStepUp } from "@/components/step-up/use-step-up";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { notify } from "@/components/ui/toaster";
import type { MemberRoleView, MemberView, TeamView } from "@/lib/domain/team/list-members";
import { formatCount } from "@/lib/format/money";
import { paths } from "@/lib/paths";
import { GiveRoleDialog } from "./give-role-dialog";
import { memberName } from "./member-words";
import { MembersTable } from "./members-table";
import { RecoverDialog } from "./recover-dialog";
import { RemoveRoleDialog } from "./remove-role-dialog";
import type { TeamActions } from "./team-actions";

type Open =
  | { kind: "give"; member: MemberView | null }
  | { kind: "remove"; member: MemberView; role: MemberRoleView }
  | { kind: "recover"; member: MemberView };

export interface TeamBoardProps {
  customerId: string;
  team: TeamView;
  actions: TeamActions;
  children?: ReactNode;
}

/** The members and what can be done about them: every change asks for the second factor first. */
export function TeamBoard({ customerId, team, actions, children }: TeamBoardProps) {
  const router = useRouter();
  const { run, dialog } = useStepUp();
  const [open, setOpen] = useState<Open | null>(null);
  const [, startTransition] = useTransition();
  const { manage } = team;

  function done(title: string, detail: string) {
    setOpen(null);
    notify({ title, detail });
    startTransition(() => router.refresh());
  }

  function removed(member: MemberView, role: MemberRoleView) {
    // A fresh document, so that nothing of what one may no longer see stays in memory.
    if (member.isYou) window.location.assign(paths.home());
    else done(`${role.label} removed`, `${memberName(member)} no longer has this role.`);
  }

  const alone = manage !== null && team.members.length === 1;
  return (
    <>
      <PageHeader
        title="Team"
        description={teamSentence(team)}
        actions={
          manage ? (
            <Button variant="primary" onClick={() => setOpen({ kind: "give", member: null })}>
              <UserPlus size={14} aria-hidden="true" />
              Give a role
            </Button>
          ) : null
        }
      />
      <MembersTable
        team={team}
        onGive={(member) => setOpen({ kind: "give", member })}
        onRemove={(member, role) => setOpen({ kind: "remove", member, role })}
        onRecover={(member) => setOpen({ kind: "recover", member })}
      />
      {alone ? (
        <EmptyState className="mt-5" title="You are the only one here">
          Give a second person the role employer admin: whoever loses the second factor needs another admin to
          get back in.
        </EmptyState>
      ) : null}
      {children}
      {manage && open?.kind === "give" ? (
        <GiveRoleDialog
          customerId={customerId}
          manage={manage}
          member={open.member}
          grantRole={(input) => run(() => actions.grantRole(input))}
          onClose={() => setOpen(null)}
          onDone={(who, role, { granted, invited }) => {
            if (invited) done("Invited", `A mail is on its way to ${who}.`);
            else if (granted) done(`${role} given`, `${who} is told by mail.`);
            else done("Nothing to change", `${who} has the role ${role} already.`);
          }}
        />
      ) : null}
      {open?.kind === "remove" ? (
        <RemoveRoleDialog
          customerId={customerId}
          customerName={team.customerName}
          member={open.member}
          role={open.role}
          removeRole={(input) => run(() => actions.removeRole(input))}
          onClose={() => setOpen(null)}
          onDone={() => removed(open.member, open.role)}
        />
      ) : null}
      {open?.kind === "recover" ? (
        <RecoverDialog
          customerId={customerId}
          member={open.member}
          recoverAccount={(input) => run(() => actions.recoverAccount(input))}
          onClose={() => setOpen(null)}
          onDone={() => done("Account recovered", `${memberName(open.member)} is told how to sign in.`)}
        />
      ) : null}
      {dialog}
    </>
  );
}

function teamSentence({ members }: TeamView): string {
  const active = members.filter(({ disabled }) => !disabled);
  const admins = active.filter(({ roles }) => roles.some(({ role }) => role === "employer_admin")).length;
  const guarded = active.filter(({ hasSecondFactor }) => hasSecondFactor).length;
  const factors =
    guarded === active.length
      ? active.length === 1
        ? "with a second factor"
        : "all with a second factor"
      : `${guarded} with a second factor`;
  return `${formatCount(active.length, "person has", "people have")} access, ${formatCount(admins, "admin")}, ${factors}.`;
}
