import { TextLink } from "@/components/ui/link";
import { Money } from "@/components/ui/money";
import { Section } from "@/components/ui/section";
import { Chip } from "@/components/ui/status-chip";
import { RowLink, SubLine, Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import { None } from "@/components/ui/value";
import type { Figure } from "@/lib/domain/payroll/payments/group-runs";
import type { LastRunView, PayCalendarView } from "@/lib/domain/payroll/payments/list-pay-calendars";
import { formatDate, formatInstant } from "@/lib/format/dates";
import { formatCount, formatMoney } from "@/lib/format/money";
import { closeDaysWords } from "@/lib/format/pay-choices";
import { paths } from "@/lib/paths";
import { confidenceWords, movedWords, sourceLooks, unknownLook, unknownWords } from "./calendar-words";
import { frequencyWords, signed } from "./payment-words";

interface PayCalendarsProps {
  customerId: string;
  calendars: readonly PayCalendarView[];
  now: Date;
  zone: string;
}

/** Each pay group: its last regular run against the one before it, and when it is paid next. */
export function PayCalendars({ customerId, calendars, now, zone }: PayCalendarsProps) {
  if (calendars.length === 0) return null;
  const severalSources = new Set(calendars.map(({ connection }) => connection.id)).size > 1;
  return (
    <Section title="By pay group" note="the last regular run against the one before it">
      <Table label="Pay groups" density="relaxed" className="[&_td]:px-2 [&_th]:px-2">
        <THead>
          <TR>
            <TH>Pay group</TH>
            <TH wide>Last run</TH>
            <TH wide>Joined, left</TH>
            <TH numeric wide>
              Gross
            </TH>
            <TH numeric wide className="max-lg:hidden">
              Gross a person
            </TH>
            <TH>Next pay date</TH>
            <TH wide className="max-lg:hidden">
              Closes
            </TH>
          </TR>
        </THead>
        <TBody>
          {calendars.map((calendar) => (
            <CalendarRow key={calendar.key} {...{ customerId, calendar, now, zone, severalSources }} />
          ))}
        </TBody>
      </Table>
    </Section>
  );
}

interface CalendarRowProps extends Omit<PayCalendarsProps, "calendars"> {
  calendar: PayCalendarView;
  severalSources: boolean;
}

function CalendarRow({ customerId, calendar, now, zone, severalSources }: CalendarRowProps) {
  const { last, connection, entity } = calendar;
  const provider = connection.providerName;
  const from = [severalSources ? provider : null, entity ? (entity.name ?? "unnamed entity") : null].filter(
    Boolean,
  );
  const year = calendar.calendar.year;
  return (
    <TR>
      <TD rowHeader wrap>
        {calendar.group?.id ? (
          <TextLink href={paths.payGroup(customerId, calendar.group.id)} quiet className="text-ink">
            {groupName(calendar)}
          </TextLink>
        ) : (
          groupName(calendar)
        )}
        <SubLine>
          {[frequencyWords(calendar.frequencies) ?? "no frequency given", ...from].join(", ")}
          {year && year.payDates !== year.usual ? `, ${year.payDates} pay dates this year` : null}
        </SubLine>
      </TD>
      <TD wide>
        {last ? (
          <>
            <RowLink href={paths.payrollPayment(customerId, last.id)}>{formatDate(last.payDate)}</RowLink>
            <SubLine>
              {last.earlier ? `before: ${formatDate(last.earlier.payDate)}` : "the first one here"}
            </SubLine>
          </>
        ) : (
          <span className="text-muted">no regular run yet</span>
        )}
      </TD>
      <TD wide>
        <PeopleChange last={last} provider={provider} />
      </TD>
      <TD numeric wide>
        <Change figure={last?.gross ?? null} known={last !== null} provider={provider} />
      </TD>
      <TD numeric wide className="max-lg:hidden">
        <Change figure={last?.perHead ?? null} known={last !== null} provider={provider} />
      </TD>
      <TD wrap>
        <NextDate calendar={calendar} />
      </TD>
      <TD wide wrap className="max-lg:hidden">
        <Closes calendar={calendar} now={now} zone={zone} />
      </TD>
    </TR>
  );
}

export const groupName = ({ group }: Pick<PayCalendarView, "group">): string =>
  group === null ? "No pay group" : (group.name ?? "Unnamed group");

function PeopleChange({ last, provider }: { last: LastRunView | null; provider: string }) {
  if (!last) return null;
  if (!last.earlier) return <span className="text-muted">nothing to compare</span>;
  if (last.joined === null || last.left === null) return <None provider={provider} />;
  return (
    <>
      {last.joined === 0 && last.left === 0 ? "the same people" : `${last.joined} joined, ${last.left} left`}
      <SubLine>{last.people === null ? null : formatCount(last.people, "person", "people")}</SubLine>
    </>
  );
}

function Change({ figure, known, provider }: { figure: Figure | null; known: boolean; provider: string }) {
  if (!known) return null;
  if (!figure) return <None provider={provider} />;
  const { amount, changeCents } = figure;
  return (
    <>
      <Money amount={amount.amountCents} currency={amount.currency} />
      <SubLine>
        {changeCents === null
          ? null
          : changeCents === 0n
            ? "unchanged"
            : signed(formatMoney(changeCents, amount.currency), changeCents)}
      </SubLine>
    </>
  );
}

/** The next pay date with where it comes from, or why there is none. */
function NextDate({ calendar: { coming, calendar } }: { calendar: PayCalendarView }) {
  const [next] = coming;
  if (!next) {
    return (
      <>
        <Chip {...unknownLook} plain>
          {unknownLook.label}
        </Chip>
        <SubLine>{calendar.reason ? unknownWords[calendar.reason] : "nothing more is expected"}</SubLine>
      </>
    );
  }
  const { tone, shape, label } = sourceLooks[next.source];
  const words = [movedWords(next.movedBy), next.source === "expected" ? confidenceWords(calendar) : null];
  return (
    <>
      <span className="flex flex-wrap items-center gap-x-2">
        <span className="whitespace-nowrap">{formatDate(next.payDate)}</span>
        <Chip tone={tone} shape={shape} plain>
          {label}
        </Chip>
      </span>
      <SubLine>{words.filter(Boolean).join("; ")}</SubLine>
    </>
  );
}

/** When the run closes, and that it is late for changes: said, never blocked. */
function Closes({ calendar, now, zone }: { calendar: PayCalendarView; now: Date; zone: string }) {
  const [next] = calendar.coming;
  if (!next) return null;
  const { at, estimated, changesUntil } = next.close;
  return (
    <>
      {formatInstant(at, zone, { now })}
      <SubLine>
        {estimated ? `estimated, ${closeDaysWords(calendar.closeBusinessDays)}; ` : null}
        {changesUntil < now
          ? "too late for changes"
          : `changes by ${formatInstant(changesUntil, zone, { now })}`}
      </SubLine>
    </>
  );
}
