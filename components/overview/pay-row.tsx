import { sourceLooks } from "@/components/payroll/calendar-words";
import { TextLink } from "@/components/ui/link";
import { Money } from "@/components/ui/money";
import { Stat, StatRow } from "@/components/ui/stat-row";
import { Chip } from "@/components/ui/status-chip";
import type { PayrollOverviewView } from "@/lib/domain/overview/get-payroll-overview";
import { formatDate } from "@/lib/format/dates";
import { formatCount } from "@/lib/format/money";
import { notGiven } from "@/lib/format/total-figures";
import { paths } from "@/lib/paths";
import { nextNote } from "./pay-words";

export interface YearToDate {
  year: string;
  totals: readonly { currency: string; grossCents: bigint; without: { gross: number } }[];
  /** What part of the year the sums cover, where that is not all of it: "since Sep 22, 2026". */
  since: string | null;
  isPartial: boolean;
  /** Pay on 1099 lines is in payments, and in no sum of wages. */
  hasContracts: boolean;
}

interface PayRowProps {
  customerId: string;
  view: PayrollOverviewView;
  ytd: YearToDate;
}

/** The last payroll, the next pay date, gross pay of the year so far. */
export function PayRow({ customerId, view, ytd }: PayRowProps) {
  const { last, next } = view;
  return (
    <StatRow>
      <Stat
        label={last ? `Last payroll, ${formatDate(last.payDate)} gross` : "Last payroll"}
        value={last ? <LastGross last={last} /> : "none yet"}
        note={
          <TextLink href={paths.payroll(customerId)} quiet>
            {last ? lastNote(last) : "Open payroll"}
          </TextLink>
        }
      />
      <Stat
        label="Next pay date"
        value={next ? formatDate(next.payDate) : "unknown"}
        note={next ? <NextNote view={view} /> : nextNote(view)}
      />
      <Stat
        label={`Gross, ${ytd.year} to date`}
        value={<YtdGross ytd={ytd} />}
        note={
          ytd.isPartial ? (
            <TextLink href={paths.ytd(customerId)} quiet>
              <Chip tone="waiting" shape="ring" plain>
                Incomplete
              </Chip>
              {ytd.since ? `, ${ytd.since}` : null}
              {ytd.hasContracts ? " Wages alone; payments hold 1099 pay too" : null}
            </TextLink>
          ) : (
            <TextLink href={paths.ytd(customerId)} quiet>
              {ytdNote(ytd)}
            </TextLink>
          )
        }
      />
    </StatRow>
  );
}

function ytdNote({ totals, hasContracts, since }: YearToDate): string {
  // The payments beside it are whole runs: without this, the two figures would seem to contradict each other.
  const what = hasContracts ? "Wages alone; payments hold 1099 pay too" : "By person";
  const [first] = totals;
  const said = [since ?? "", first ? notGiven(first.without.gross) : "", what].filter(Boolean).join(", ");
  return totals.length > 1 ? `${said}, and ${totals.length - 1} more in other currencies` : said;
}

type Last = NonNullable<PayrollOverviewView["last"]>;

function LastGross({ last: { gross, withoutGross } }: { last: Last }) {
  const [first] = gross;
  if (!first) return "not given";
  return <Money amount={first.amountCents} currency={first.currency} atLeast={withoutGross > 0} figure />;
}

function lastNote({ payments, incomplete, gross }: Last): string {
  const more = gross.length > 1 ? `, and ${gross.length - 1} more in other currencies` : "";
  const state = incomplete > 0 ? `${incomplete} not complete` : "complete";
  return `${formatCount(payments, "payment")}, ${state}${more}`;
}

function NextNote({ view }: { view: PayrollOverviewView }) {
  if (!view.next) return null;
  const { tone, shape, label } = sourceLooks[view.next.source];
  return (
    <span className="flex flex-wrap gap-x-2">
      <Chip tone={tone} shape={shape} plain>
        {label}
      </Chip>
      {nextNote(view)}
    </span>
  );
}

function YtdGross({ ytd }: { ytd: YearToDate }) {
  const [first] = ytd.totals;
  if (!first) return "none yet";
  return (
    <Money
      amount={first.grossCents}
      currency={first.currency || null}
      atLeast={ytd.isPartial || first.without.gross > 0}
      figure
    />
  );
}
