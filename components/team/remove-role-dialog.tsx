"use client";

import { Ban, History, Mail, RefreshCw, UserMinus } from "lucide-react";
import { ConfirmNameDialog, type Consequence } from "@/components/ui/confirm-name-dialog";
import type { MemberRoleView, MemberView } from "@/lib/domain/team/list-members";
import { memberName, roleWords } from "./member-words";
import type { TeamActions } from "./team-actions";

interface RemoveRoleDialogProps {
  customerId: string;
  customerName: string;
  member: MemberView;
  role: MemberRoleView;
  removeRole: TeamActions["removeRole"];
  onClose: () => void;
  onDone: () => void;
}

function consequencesOf({ isYou, roles }: MemberView, role: string, employer: string): Consequence[] {
  const who = isYou ? "You lose" : "The person loses";
  const others = roles.length - 1;
  return [
    {
      icon: <Ban size={14} aria-hidden="true" />,
      text: `${who} what “${role}” allows at once, also on pages that are open now.`,
    },
    others > 0
      ? {
          icon: <RefreshCw size={14} aria-hidden="true" />,
          text: `${others === 1 ? "One other role stays" : `${others} other roles stay`}.`,
        }
      : {
          icon: <UserMinus size={14} aria-hidden="true" />,
          text: isYou
            ? `It is your only role here: ${employer} disappears for you. Only another admin can give it back.`
            : `It is the only role here: ${employer} disappears for this person.`,
        },
    {
      icon: <Mail size={14} aria-hidden="true" />,
      text: isYou ? "You get a mail." : "The person gets a mail.",
    },
    { icon: <History size={14} aria-hidden="true" />, text: "The audit keeps it, with your name." },
  ];
}

/** Takes a role after the person's name is typed. */
export function RemoveRoleDialog(props: RemoveRoleDialogProps) {
  const { customerId, customerName, member, role, removeRole, onClose, onDone } = props;
  const words = roleWords(role);

  async function confirm(): Promise<string | void> {
    const { userId } = member;
    const { role: name, connectionId, individualId } = role;
    const result = await removeRole({ customerId, userId, role: name, connectionId, individualId });
    if (!result.ok) return result.error.message;
    onDone();
  }

  return (
    <ConfirmNameDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`Remove ${words} from ${member.isYou ? "yourself" : memberName(member)}?`}
      consequences={consequencesOf(member, role.label, customerName)}
      name={memberName(member)}
      confirmLabel="Remove role"
      cancelLabel="Keep it"
      onConfirm={confirm}
    />
  );
}
