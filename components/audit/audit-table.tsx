import { ChevronRight } from "lucide-react";
import { Chip } from "@/components/ui/status-chip";
import { TextLink } from "@/components/ui/link";
import { SubLine, Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import type { AuditEntryView } from "@/lib/domain/audit/to-audit-entries";
import { formatInstant } from "@/lib/format/dates";
import { formatNumber } from "@/lib/format/money";

interface AuditTableProps {
  label: string;
  entries: readonly AuditEntryView[];
  zone: string;
  now: Date;
}

/** Entries in words, newest first, each with the number that it has in the chain. */
export function AuditTable({ label, entries, zone, now }: AuditTableProps) {
  return (
    <Table label={label} density="relaxed">
      <THead>
        <TR>
          <TH numeric wide className="w-[1%]">
            Entry
          </TH>
          <TH wide className="w-[1%]">
            When
          </TH>
          <TH wide className="w-[1%]">
            Who
          </TH>
          <TH>What</TH>
        </TR>
      </THead>
      <TBody>
        {entries.map((entry) => (
          <AuditRow key={entry.seq} entry={entry} zone={zone} now={now} />
        ))}
      </TBody>
    </Table>
  );
}

function AuditRow({ entry, zone, now }: { entry: AuditEntryView; zone: string; now: Date }) {
  const time = (
    <time
      dateTime={entry.at.toISOString()}
      title={formatInstant(entry.at, zone, { seconds: true, showZone: true })}
    >
      {formatInstant(entry.at, zone, { showZone: true, now })}
    </time>
  );
  const number = `#${formatNumber(entry.seq)}`;
  return (
    <TR id={`entry-${entry.seq}`}>
      <TD numeric wide className="pt-1.5 align-top text-muted">
        {number}
      </TD>
      <TD wide className="pt-1.5 align-top text-secondary">
        {time}
      </TD>
      <TD wide className="pt-1.5 align-top">
        <span className="block max-w-[22ch] truncate" title={entry.actor.name}>
          {entry.actor.name}
        </span>
      </TD>
      <TD rowHeader wrap className="align-top [overflow-wrap:anywhere]">
        <span className="font-normal md:inline-block md:first-letter:uppercase">
          <span className="font-medium md:hidden">{entry.actor.name} </span>
          <EntryWords entry={entry} />
        </span>
        {entry.intact ? null : (
          <Chip tone="failing" shape="octagon" className="ml-2 align-middle">
            Not as it was written
          </Chip>
        )}
        <SubLine className="md:hidden">
          {number} · {time}
        </SubLine>
        <EntryDetails entry={entry} />
      </TD>
    </TR>
  );
}

function EntryWords({ entry: { words, target } }: { entry: AuditEntryView }) {
  return words.map((part, at) => {
    if (typeof part === "string") return part;
    return target.href ? (
      <TextLink key={at} href={target.href} prefetch={false}>
        {part.target}
      </TextLink>
    ) : (
      <span key={at} className="font-medium">
        {part.target}
      </span>
    );
  });
}

const withoutDetails = {
  none: null,
  erased: "Its details were erased; the entry itself is complete.",
  withheld: "Its details are for the employer alone.",
};

const short = (value: string) => (value.length > 60 ? `${value.slice(0, 60)}…` : value);

function EntryDetails({ entry }: { entry: AuditEntryView }) {
  const { details, detailsState, actor, target } = entry;
  const unsaid = details.filter(({ said }) => !said).slice(0, 2);
  const note = detailsState === "shown" ? null : withoutDetails[detailsState];
  return (
    <>
      {note ? <SubLine className="italic">{note}</SubLine> : null}
      <details className="group/details mt-0.5 text-xs font-normal">
        <summary className="inline-flex min-h-6 cursor-pointer items-start gap-1 leading-6 text-secondary hover:text-ink">
          <ChevronRight
            size={12}
            aria-hidden="true"
            className="mt-1.5 flex-none transition-transform duration-quick group-open/details:rotate-90"
          />
          <span className="sr-only">Details of entry {entry.seq}. </span>
          <span className="underline decoration-line-strong underline-offset-2">
            {unsaid.length > 0
              ? unsaid.map(({ label, value }) => `${label}: ${short(value)}`).join(" · ")
              : "Details"}
          </span>
        </summary>
        <dl className="my-1 grid max-w-[88ch] grid-cols-[minmax(88px,auto)_minmax(0,1fr)] gap-x-4 gap-y-1 leading-normal">
          {details.map(({ label, value }) => (
            <Line key={label} label={label}>
              {value}
            </Line>
          ))}
          <Line label="Action" isCode>
            {entry.action}
          </Line>
          <Line label="About" isCode>
            {`${target.type} ${target.id}`}
          </Line>
          <Line label="By" isCode>
            {actor.id}
          </Line>
          <Line label="Hash" isCode>
            {entry.hash}
          </Line>
        </dl>
      </details>
    </>
  );
}

function Line({ label, isCode, children }: { label: string; isCode?: boolean; children: string }) {
  return (
    <>
      <dt className="text-muted">{label}</dt>
      <dd className={isCode ? "font-mono [overflow-wrap:anywhere]" : "text-secondary"}>{children}</dd>
    </>
  );
}
