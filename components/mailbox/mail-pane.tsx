import { Definition, DefinitionList } from "@/components/ui/definition-list";
import { formatInstant } from "@/lib/format/dates";
import type { MailView } from "@/lib/mail/mailbox";
import { MailFrame } from "./mail-frame";

/** One mail: who, what, when, as it looks and as plain text. */
export function MailPane({ mail }: { mail: MailView }) {
  return (
    <article className="flex h-full min-h-[70dvh] flex-col md:overflow-y-auto">
      <header className="border-b border-line px-gutter py-4">
        <h2 className="mb-2 text-lg">{mail.subject}</h2>
        <DefinitionList align="start" className="[&>div]:grid-cols-[72px_minmax(0,1fr)]!">
          <Definition term="To">{mail.to}</Definition>
          <Definition term="From">{mail.from}</Definition>
          <Definition term="Sent">
            {formatInstant(mail.at, null, { showZone: true, seconds: true })}
          </Definition>
        </DefinitionList>
      </header>
      <MailFrame key={mail.id} title={`Mail: ${mail.subject}`} html={mail.html} />
      <details className="border-t border-line px-gutter py-3 text-sm">
        <summary className="cursor-pointer rounded-sm font-medium select-none">Plain text</summary>
        <pre className="mt-2 font-mono text-xs leading-relaxed whitespace-pre-wrap [overflow-wrap:anywhere]">
          {mail.text}
        </pre>
      </details>
    </article>
  );
}
