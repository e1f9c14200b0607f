import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import type { PayCalendarView } from "@/lib/domain/payroll/payments/list-pay-calendars";
import { formatDate } from "@/lib/format/dates";
import { paths } from "@/lib/paths";
import { groupName } from "./pay-calendars";
import { frequencyWords } from "./payment-words";

interface MissingRunsProps {
  customerId: string;
  calendars: readonly PayCalendarView[];
}

const shownDates = 6;

/** Pay dates on which a run should have been, and is not in what the provider gave. */
export function MissingRuns({ customerId, calendars }: MissingRunsProps) {
  const lacking = calendars.filter(({ calendar }) => calendar.missing.length > 0);
  const count = lacking.reduce((sum, { calendar }) => sum + calendar.missing.length, 0);
  if (count === 0) return null;
  const connections = [...new Set(lacking.map(({ connection }) => connection.id))];
  return (
    <Banner
      tone="attention"
      title={count === 1 ? "An expected payment is missing" : `${count} expected payments are missing`}
      means="Sums and year-to-date wages lack them, if they were paid. Nothing from the provider says that they were not."
      todo="Look for them at the provider. Where a run was skipped, say so at its pay group; else sync the connection."
      actions={
        connections.length === 1 && connections[0] ? (
          <LinkButton href={paths.connection(customerId, connections[0])}>See the connection</LinkButton>
        ) : null
      }
      className="mb-5"
    >
      <ul className="mt-1.5 list-disc pl-5">
        {lacking.map((each) => (
          <li key={each.key}>{missingWords(each)}</li>
        ))}
      </ul>
    </Banner>
  );
}

/** "Hourly (every two weeks): Oct 30, 2026, and 2 more" */
function missingWords(view: PayCalendarView): string {
  const { missing } = view.calendar;
  const days = missing.slice(-shownDates).map(({ payDate }) => formatDate(payDate));
  const more = missing.length > shownDates ? `, and ${missing.length - shownDates} before` : "";
  const rhythm = frequencyWords(view.frequencies)?.toLowerCase();
  return `${groupName(view)}${rhythm ? ` (${rhythm})` : ""}: ${days.join("; ")}${more}`;
}
