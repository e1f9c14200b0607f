import { TextLink } from "@/components/ui/link";
import { None } from "@/components/ui/value";
import { Section } from "@/components/ui/section";
import { SubLine, Table, TBody, TD, TFoot, TH, THead, TR } from "@/components/ui/table";
import type { DrillEntry, YtdMeasureName } from "@/lib/domain/payroll/ytd/drill-lines";
import type { YtdPersonView } from "@/lib/domain/payroll/ytd/get-ytd-person";
import { formatDate } from "@/lib/format/dates";
import { formatHours } from "@/lib/format/hours";
import { formatCount, formatMoney } from "@/lib/format/money";
import { payCategoryLabels, payTypeLabel } from "@/lib/format/pay-types";
import { paths } from "@/lib/paths";
import { openingOf } from "./figure-cells";

export const measureWords: Record<YtdMeasureName, string> = {
  gross: "Gross pay",
  net: "Net pay",
  hours: "Hours",
  statements: "Statements",
  earnings: "Earnings",
  taxes: "Taxes withheld",
  employerTaxes: "Taxes paid by the employer",
  unknownTaxes: "Taxes, payer unknown",
  deductions: "Deductions",
  contributions: "Employer contributions",
  contract: "1099 lines on slips with wages",
  compensation: "Plan compensation",
  box1: "Box 1, line by line",
};

interface DrillViewProps {
  customerId: string;
  view: YtdPersonView;
  /** What the figure is called here. */
  title: string;
}

const mostShown = 1_000;

/** The lines that make a figure, oldest first, and what they add up to. */
export function DrillView({ customerId, view, title }: DrillViewProps) {
  const { drill, of } = view;
  const isHours = of === "hours";
  const shown = drill.entries.slice(0, mostShown);
  const sum = sumWords(view);
  const notes = sumNotes(view);
  const severalSources = new Set(drill.entries.map(({ connectionId }) => connectionId)).size > 1;
  return (
    <Section
      title={title}
      note={`${formatCount(drill.entries.length, "entry", "entries")} of ${formatCount(drill.statements, "statement")}`}
      aside={sum === null ? null : <b className="font-medium tabular-nums">{sum}</b>}
    >
      {drill.entries.length === 0 ? (
        <p className="py-3 text-sm text-muted">No statement or line of this kind is in the period.</p>
      ) : (
        <Table
          label={`Lines behind ${title.toLowerCase()}`}
          density="compact"
          scrollClassName="md:max-h-[70dvh] md:overflow-y-auto"
        >
          <THead>
            <TR>
              <TH>Pay date</TH>
              <TH>Line</TH>
              <TH wide>Type</TH>
              <TH numeric wide>
                Hours
              </TH>
              <TH numeric>{isHours ? "Hours" : "Amount"}</TH>
            </TR>
          </THead>
          <TBody>
            {shown.map((entry) => (
              <EntryRow
                key={entry.key}
                customerId={customerId}
                entry={entry}
                view={view}
                provider={severalSources ? providerOf(view, entry) : null}
              />
            ))}
          </TBody>
          {sum === null ? null : (
            <TFoot>
              <TR>
                <TD rowHeader>Sum</TD>
                <TD />
                <TD wide />
                <TD numeric wide>
                  {isHours ? null : formatHours(drill.hours)}
                </TD>
                <TD numeric className="font-medium">
                  {sum}
                </TD>
              </TR>
            </TFoot>
          )}
        </Table>
      )}
      {notes.length > 0 ? <p className="pt-2 text-sm text-secondary">{notes.join(" ")}</p> : null}
      {drill.entries.length > mostShown ? (
        <p className="pt-2 text-sm text-muted">
          The first {mostShown.toLocaleString("en-US")} are shown; the sum is of all. A shorter period shows
          the rest.
        </p>
      ) : null}
    </Section>
  );
}

/** What the lines add up to; null where they are of kinds that are never added to each other. */
function sumWords({ drill, of, currency }: YtdPersonView): string | null {
  if (of === "statements") return formatCount(drill.statements, "statement");
  const atLeast = drill.withoutAmount > 0;
  if (of === "hours") return `${atLeast ? "≥ " : ""}${formatHours(drill.hours)} h`;
  return formatMoney(drill.cents, currency || null, { atLeast });
}

/** What the sum lacks, and what stands beside it in the figure above. */
function sumNotes({ drill, of, currency, row }: YtdPersonView): string[] {
  const figures = row.figures.find((each) => each.currency === currency);
  const entered = figures ? openingOf(figures, of) : 0n;
  return [
    drill.withoutAmount === 0
      ? ""
      : `${formatCount(drill.withoutAmount, "entry has", "entries have")} no ${of === "hours" ? "hours" : "amount"}: nothing is added for ${drill.withoutAmount === 1 ? "it" : "them"}.`,
    entered === 0n
      ? ""
      : `${formatMoney(entered, currency || null)} of the figure above was entered for the time before, and stands in no statement.`,
  ].filter(Boolean);
}

const providerOf = ({ row }: YtdPersonView, { connectionId }: DrillEntry) =>
  row.records.find((record) => record.connectionId === connectionId)?.providerName ?? null;

interface EntryRowProps {
  customerId: string;
  entry: DrillEntry;
  view: YtdPersonView;
  provider: string | null;
}

function lineWords({ line }: DrillEntry): string {
  if (line === null) return "Pay statement";
  return line.name ?? `${payCategoryLabels[line.category]} without a name`;
}

function typeWords({ line }: DrillEntry): string | null {
  if (line === null) return null;
  const label = payTypeLabel(line.category, line.type) ?? "no type";
  if (line.finchType === line.type) return label;
  return `${label}, yours (was ${payTypeLabel(line.category, line.finchType) ?? "no type"})`;
}

function EntryRow({ customerId, entry, view, provider }: EntryRowProps) {
  const isHours = view.of === "hours";
  return (
    <TR>
      <TD rowHeader>
        <TextLink
          quiet
          prefetch={false}
          data-row-link=""
          href={paths.payStatement(customerId, entry.paymentId, entry.statementId)}
        >
          {entry.payDate ? formatDate(entry.payDate) : "no pay date"}
        </TextLink>
        {provider ? <SubLine>{provider}</SubLine> : null}
      </TD>
      <TD wrap>
        {lineWords(entry)}
        {entry.takenOff ? <SubLine>a 1099 line is no wages: taken off</SubLine> : null}
      </TD>
      <TD wide wrap className="text-secondary">
        {typeWords(entry)}
      </TD>
      <TD numeric wide className="text-secondary">
        {isHours ? null : (entry.hours ?? "")}
      </TD>
      <TD numeric>
        {isHours ? (
          (entry.hours ?? <None />)
        ) : entry.cents === null ? (
          <None />
        ) : (
          formatMoney(entry.cents, view.currency || null, { symbol: false })
        )}
      </TD>
    </TR>
  );
}
