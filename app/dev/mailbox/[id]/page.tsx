import { notFound } from "next/navigation";
import { MailPane } from "@/components/mailbox/mail-pane";
import { findMail } from "@/lib/mail/mailbox";
import { isLocalVisit } from "@/lib/web/peer";

export default async function MailPage({ params }: { params: Promise<{ id: string }> }) {
  if (!(await isLocalVisit())) notFound();
  const mail = await findMail((await params).id);
  if (!mail) notFound();
  return <MailPane mail={mail} />;
}
