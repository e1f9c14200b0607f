import { ConfirmInPlace } from "@/components/ui/confirm-in-place";
import { Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import type { MissingPayDate, PastPayDate } from "@/lib/domain/pay-groups/views";
import { formatDate, formatLongDate } from "@/lib/format/dates";

interface PastDatesProps {
  missing: readonly MissingPayDate[];
  past: readonly PastPayDate[];
  mayManage: boolean;
  /** Give a message where it did not work. */
  onSkip: (payDate: string) => Promise<string | void>;
  onRemove: (date: PastPayDate) => Promise<string | void>;
}

const shownMissing = 12;

/** Runs that are missing, and what the employer said of dates: each can be settled or taken back. */
export function PastDates({ missing, past, mayManage, onSkip, onRemove }: PastDatesProps) {
  if (missing.length + past.length === 0) return null;
  const shown = missing.slice(0, shownMissing);
  return (
    <div className="mt-6">
      <Table label="Missing and settled pay dates" density="compact">
        <THead>
          <TR>
            <TH>Pay date</TH>
            <TH>What is known</TH>
            {mayManage ? <TH>What to do</TH> : null}
          </TR>
        </THead>
        <TBody>
          {shown.map(({ payDate, source }) => (
            <TR key={`missing ${payDate}`}>
              <TD rowHeader className="tabular-nums">
                {formatLongDate(payDate)}
              </TD>
              <TD wrap>
                {source === "expected"
                  ? "Missing: a run was due, and none came"
                  : "Missing: it is in your calendar, and no run came"}
              </TD>
              {mayManage ? (
                <TD wrap>
                  {source === "expected" ? (
                    <ConfirmInPlace
                      label="No run that day"
                      question={`Was no payroll run for ${formatDate(payDate)}? Sums then count as complete without it.`}
                      confirmLabel="No run that day"
                      keepLabel="Keep it missing"
                      variant="default"
                      onConfirm={() => onSkip(payDate)}
                    />
                  ) : (
                    <span className="text-secondary">Remove it below</span>
                  )}
                </TD>
              ) : null}
            </TR>
          ))}
          {past.map((date) => (
            <TR key={date.id}>
              <TD rowHeader className="tabular-nums">
                {formatLongDate(date.payDate)}
              </TD>
              <TD wrap>{saidOf[date.source] ?? "Entered by your team"}</TD>
              {mayManage ? (
                <TD wrap>
                  <ConfirmInPlace
                    label="Remove"
                    question={`Take ${formatDate(date.payDate)} out of the calendar?`}
                    confirmLabel="Remove it"
                    keepLabel="Keep it"
                    onConfirm={() => onRemove(date)}
                  />
                </TD>
              ) : null}
            </TR>
          ))}
        </TBody>
      </Table>
      {missing.length > shown.length ? (
        <p className="pt-2 text-sm text-secondary">
          {missing.length - shown.length} more are missing before {formatDate(shown.at(-1)?.payDate ?? "")}.
        </p>
      ) : null}
    </div>
  );
}

const saidOf: Record<string, string> = {
  entered: "Entered by your team",
  confirmed: "Confirmed by your team",
  skipped: "No run that day, your team says",
};
