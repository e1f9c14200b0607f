"use client";

import { History, KeyRound, LogOut, Phone, Smartphone } from "lucide-react";
import { ConfirmNameDialog } from "@/components/ui/confirm-name-dialog";
import type { MemberView } from "@/lib/domain/team/list-members";
import { memberName } from "./member-words";
import type { TeamActions } from "./team-actions";

interface RecoverDialogProps {
  customerId: string;
  member: Pick<MemberView, "userId" | "name" | "email">;
  recoverAccount: TeamActions["recoverAccount"];
  onClose: () => void;
  onDone: () => void;
}

const consequences = [
  {
    icon: <Phone size={14} aria-hidden="true" />,
    text: "First speak to the person: whoever reads their mail gets in with it afterwards.",
  },
  {
    icon: <KeyRound size={14} aria-hidden="true" />,
    text: "All passkeys, authenticators and recovery codes of the account are removed.",
  },
  { icon: <LogOut size={14} aria-hidden="true" />, text: "All sessions end at once, on every device." },
  {
    icon: <Smartphone size={14} aria-hidden="true" />,
    text: "The person signs in by mail and sets up a new second factor within 10 minutes of signing in.",
  },
  {
    icon: <History size={14} aria-hidden="true" />,
    text: "The person and all admins are told by mail, and the audit keeps it with your name.",
  },
];

/** For somebody who lost the second factor. */
export function RecoverDialog({ customerId, member, recoverAccount, onClose, onDone }: RecoverDialogProps) {
  async function confirm(): Promise<string | void> {
    const result = await recoverAccount({ customerId, userId: member.userId });
    if (!result.ok) return result.error.message;
    onDone();
  }

  return (
    <ConfirmNameDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`Recover the account of ${memberName(member)}?`}
      consequences={consequences}
      name={memberName(member)}
      confirmLabel="Recover account"
      cancelLabel="Leave it"
      onConfirm={confirm}
    />
  );
}
