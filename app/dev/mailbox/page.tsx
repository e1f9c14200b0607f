import { notFound } from "next/navigation";
import { MailPane } from "@/components/mailbox/mail-pane";
import { EmptyState } from "@/components/ui/empty-state";
import { findMail, listMails } from "@/lib/mail/mailbox";
import { isLocalVisit } from "@/lib/web/peer";

/** The newest mail, which is nearly always the one that was waited for. */
export default async function MailboxPage() {
  if (!(await isLocalVisit())) notFound();
  const [newest] = await listMails();
  const mail = newest ? await findMail(newest.id) : null;
  if (mail) return <MailPane mail={mail} />;
  return (
    <div className="p-gutter py-10">
      <EmptyState title="No mail yet">
        Ask for a sign-in link with a demo account: its mail shows up here by itself. An unknown address gets
        none.
      </EmptyState>
    </div>
  );
}
