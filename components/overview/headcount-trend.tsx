import { Disclosure } from "@/components/ui/disclosure";
import { Section } from "@/components/ui/section";
import { Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import type { HeadcountTrendView } from "@/lib/domain/overview/get-headcount-trend";
import { formatDate } from "@/lib/format/dates";
import { formatCount, formatNumber } from "@/lib/format/money";
import { LazyHeadcountChart } from "./lazy-headcount-chart";

/** People employed at the end of each of the last twelve months, drawn and as a table. */
export function HeadcountTrend({ view }: { view: HeadcountTrendView }) {
  const { days, undated } = view;
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last || days.every(({ people }) => people === 0)) return null;
  const points = days.map(({ day, people }) => ({
    tick: formatDate(day).slice(0, 3),
    label: formatDate(day),
    people,
  }));
  return (
    <Section title="Headcount" note="employed at the end of each month, and today">
      <div
        role="img"
        className="mt-3 overflow-hidden"
        aria-label={`People employed: ${formatNumber(first.people)} on ${formatDate(first.day)}, ${formatNumber(last.people)} today. The numbers are in the table below.`}
      >
        <LazyHeadcountChart points={points} />
      </div>
      <Disclosure summary="The same as a table" className="mt-1">
        <Table label="Headcount by month" density="compact">
          <THead>
            <TR>
              <TH>Day</TH>
              <TH numeric>People</TH>
            </TR>
          </THead>
          <TBody>
            {days.map(({ day, people }) => (
              <TR key={day}>
                <TD rowHeader>{formatDate(day)}</TD>
                <TD numeric>{formatNumber(people)}</TD>
              </TR>
            ))}
          </TBody>
        </Table>
      </Disclosure>
      <p className="mt-1 text-xs text-muted">
        By the start and end dates in today&apos;s directory
        {undated > 0 ? `; ${formatCount(undated, "person", "people")} without them on no day` : ""}.
      </p>
    </Section>
  );
}
