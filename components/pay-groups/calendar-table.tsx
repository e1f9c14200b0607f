import { Button } from "@/components/ui/button";
import { ConfirmInPlace } from "@/components/ui/confirm-in-place";
import { SubLine, Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import type { PayDateView, PayGroupView } from "@/lib/domain/pay-groups/views";
import { formatDate, formatInstant, formatLongDate } from "@/lib/format/dates";
import { PayDateSource } from "./pay-date-words";

interface CalendarTableProps {
  group: PayGroupView;
  coming: readonly PayDateView[];
  zone: string;
  now: Date;
  mayManage: boolean;
  onEdit: (date: PayDateView) => void;
  onConfirm: (payDate: string) => Promise<void>;
  onRemove: (date: PayDateView) => Promise<string | void>;
  onSkip: (payDate: string) => Promise<string | void>;
}

/** One row a pay date. Closing times that are counted back are marked: nobody entered them. */
export function CalendarTable({ group, coming, zone, now, mayManage, ...on }: CalendarTableProps) {
  return (
    <Table label="Pay dates" density="relaxed">
      <THead>
        <TR>
          <TH>Pay date</TH>
          <TH>Where from</TH>
          <TH wide>Period</TH>
          <TH wide>Closes</TH>
          {mayManage ? <TH>What to do</TH> : null}
        </TR>
      </THead>
      <TBody>
        {coming.map((date) => (
          <TR key={date.payDate}>
            <TD rowHeader wrap className="tabular-nums">
              {formatLongDate(date.payDate)}
              <SubLine className="md:hidden">
                {date.close.estimated ? "closes about " : "closes "}
                {formatInstant(date.close.at, zone, { now })}
              </SubLine>
            </TD>
            <TD wrap>
              <PayDateSource date={date} confidence={group.confidence} />
            </TD>
            <TD wide className="text-secondary tabular-nums">
              {date.payPeriodStart || date.payPeriodEnd
                ? `${formatDate(date.payPeriodStart ?? "open")} to ${formatDate(date.payPeriodEnd ?? "open")}`
                : "not known"}
            </TD>
            <TD wide wrap>
              <Close date={date} zone={zone} now={now} />
            </TD>
            {mayManage ? (
              <TD wrap>
                <RowActions date={date} {...on} />
              </TD>
            ) : null}
          </TR>
        ))}
      </TBody>
    </Table>
  );
}

/** DOMAIN §2: too late is said, and blocks nothing. */
function Close({ date, zone, now }: { date: PayDateView; zone: string; now: Date }) {
  const { at, estimated, changesUntil } = date.close;
  const late = changesUntil.getTime() < now.getTime();
  return (
    <>
      <span className="tabular-nums">{formatInstant(at, zone, { now })}</span>
      {estimated ? <span className="text-muted"> estimated</span> : null}
      <SubLine>
        {late ? "Changes may be too late since " : "Changes until "}
        {formatInstant(changesUntil, zone, { now })}
      </SubLine>
    </>
  );
}

type RowActionsProps = Pick<CalendarTableProps, "onEdit" | "onConfirm" | "onRemove" | "onSkip"> & {
  date: PayDateView;
};

function RowActions({ date, onEdit, onConfirm, onRemove, onSkip }: RowActionsProps) {
  const day = formatDate(date.payDate);
  if (!date.entry)
    return (
      <span className="flex flex-wrap gap-2">
        <Button size="sm" aria-label={`Confirm ${day}`} onClick={() => void onConfirm(date.payDate)}>
          Confirm
        </Button>
        <Button
          size="sm"
          variant="ghost"
          className="max-md:-ml-[9px]"
          aria-label={`Enter details of ${day}`}
          onClick={() => onEdit(date)}
        >
          Enter details
        </Button>
        {date.source === "expected" ? (
          <ConfirmInPlace
            label="No run"
            question={`Is no payroll run for ${day}?`}
            confirmLabel="No run that day"
            keepLabel="Keep it"
            onConfirm={() => onSkip(date.payDate)}
          />
        ) : null}
      </span>
    );
  return (
    <span className="flex flex-wrap gap-2">
      <Button size="sm" aria-label={`Change ${day}`} onClick={() => onEdit(date)}>
        Change
      </Button>
      <ConfirmInPlace
        label={`Remove`}
        question={`Take ${day} out of the calendar?`}
        confirmLabel="Remove it"
        keepLabel="Keep it"
        onConfirm={() => onRemove(date)}
      />
    </span>
  );
}
