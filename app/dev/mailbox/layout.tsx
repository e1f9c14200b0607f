import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { AutoRefresh } from "@/components/mailbox/auto-refresh";
import { MailList } from "@/components/mailbox/mail-list";
import { BrandMark } from "@/components/layout/brand";
import { TextLink } from "@/components/ui/link";
import { listMails } from "@/lib/mail/mailbox";
import { paths } from "@/lib/paths";
import { isLocalVisit } from "@/lib/web/peer";

export const metadata: Metadata = { title: "Local mailbox" };

/** The mails that a local copy would have sent. Elsewhere, and for visitors from elsewhere, it does not exist. */
export default async function MailboxLayout({ children }: { children: ReactNode }) {
  if (!(await isLocalVisit())) notFound();
  return (
    <div className="flex min-h-dvh flex-col bg-canvas md:h-dvh">
      <header className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-gutter py-2">
        <BrandMark />
        <h1 className="text-base">Local mailbox</h1>
        <p className="text-xs text-muted">
          Mails of this copy, kept in its data folder. Nothing leaves this machine.
        </p>
        <TextLink href={paths.signIn()} className="ml-auto py-1 text-sm">
          Sign in
        </TextLink>
      </header>
      <AutoRefresh />
      <div className="grid min-h-0 flex-1 md:grid-cols-[340px_minmax(0,1fr)]">
        <MailList mails={await listMails()} now={new Date().toISOString()} />
        <main id="main" className="min-h-0 bg-surface md:border-l md:border-line">
          {children}
        </main>
      </div>
    </div>
  );
}
