"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { cn } from "@/components/ui/cn";
import { RelativeTime } from "@/components/ui/relative-time";
import type { MailSummary } from "@/lib/mail/mailbox";
import { paths } from "@/lib/paths";

interface MailListProps {
  mails: MailSummary[];
  now: string;
}

/** Newest first. Without a chosen mail the newest one is open. */
export function MailList({ mails, now }: MailListProps) {
  const pathname = usePathname();
  const chosen = pathname === paths.devMailbox() ? mails[0]?.id : pathname.split("/").at(-1);
  if (mails.length === 0) return <div className="max-md:hidden" />;
  return (
    <nav
      aria-label="Mails"
      className="min-h-0 overflow-y-auto max-md:max-h-[34dvh] max-md:border-b max-md:border-line"
    >
      <ul>
        {mails.map(({ id, to, subject, at }) => (
          <li key={id} className="border-b border-line">
            <Link
              href={`${paths.devMailbox()}/${id}`}
              aria-current={id === chosen ? "true" : undefined}
              className={cn(
                "block px-gutter py-2.5 text-sm hover:bg-surface-hover md:px-4",
                id === chosen && "bg-surface-selected shadow-[inset_2px_0_0_var(--accent-solid)]",
              )}
            >
              <span className="flex items-baseline gap-2">
                <span className="min-w-0 flex-1 truncate font-medium text-ink">{to}</span>
                <RelativeTime value={at} now={now} zone={null} className="flex-none text-xs text-muted" />
              </span>
              <span className="block truncate text-secondary">{subject}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
