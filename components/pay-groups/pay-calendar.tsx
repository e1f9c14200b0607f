"use client";

import { CalendarPlus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import { notify } from "@/components/ui/toaster";
import type { MissingPayDate, PastPayDate, PayDateView, PayGroupView } from "@/lib/domain/pay-groups/views";
import { formatDate } from "@/lib/format/dates";
import { formatCount } from "@/lib/format/money";
import { closeDaysWords } from "@/lib/format/pay-choices";
import { CalendarTable } from "./calendar-table";
import type { CalendarActions, CalendarPlace } from "./calendar-actions";
import { PayDateDialog } from "./pay-date-dialog";
import { PastDates } from "./past-dates";
import { whyUnknown } from "./pay-date-words";

interface PayCalendarProps {
  place: CalendarPlace;
  group: PayGroupView;
  coming: PayDateView[];
  /** With how many business days the closes are counted that nobody entered. */
  closeBusinessDays: number;
  missing: MissingPayDate[];
  past: PastPayDate[];
  zone: string;
  /** "EST", said once. */
  zoneName: string;
  now: Date;
  mayManage: boolean;
  actions: CalendarActions;
}

const empty = { payDate: "", payPeriodStart: null, payPeriodEnd: null, closesOn: null, closesTime: null };
/** As many as are confirmed with one press. */
const confirmedAtOnce = 6;

/** The coming pay dates of a group: entered, confirmed, scheduled, expected; and what may be done about them. */
export function PayCalendar(props: PayCalendarProps) {
  const { place, group, coming, closeBusinessDays, zoneName, mayManage, actions } = props;
  const router = useRouter();
  const [edited, setEdited] = useState<PayDateView | "new" | null>(null);
  const [confirming, setConfirming] = useState(false);
  const open = coming.filter(({ entry }) => entry === null).slice(0, confirmedAtOnce);
  const { customerId } = place;

  function done(title: string) {
    setEdited(null);
    notify({ tone: "healthy", title });
    router.refresh();
  }

  async function confirm(payDates: string[]) {
    setConfirming(true);
    const result = await actions.confirm({ ...place, payDates });
    setConfirming(false);
    if (result.ok) done(`${formatCount(result.data.confirmed, "pay date")} confirmed`);
    else notify({ tone: "failing", title: "Nothing was confirmed", detail: result.error.message });
  }

  async function remove({ id: entryId, version }: { id: string; version: number }) {
    const result = await actions.remove({ customerId, entryId, version });
    if (!result.ok) return result.error.message;
    done("Pay date removed");
  }

  async function skip(payDate: string) {
    const result = await actions.skip({ ...place, payDate });
    if (!result.ok) return result.error.message;
    done(`No run on ${formatDate(payDate)}`);
  }

  return (
    <Section
      title="Calendar"
      id="calendar"
      note={`Closing times in ${zoneName}; those that nobody entered are ${closeDaysWords(closeBusinessDays)}`}
      aside={
        mayManage ? (
          <span className="flex flex-wrap gap-2">
            {open.length > 1 ? (
              <Button
                size="sm"
                pending={confirming}
                onClick={() => void confirm(open.map(({ payDate }) => payDate))}
              >
                Confirm the next {open.length}
              </Button>
            ) : null}
            <Button size="sm" onClick={() => setEdited("new")}>
              <CalendarPlus size={14} aria-hidden="true" />
              Enter a pay date
            </Button>
          </span>
        ) : null
      }
    >
      {coming.length === 0 ? (
        <p className="py-4 text-sm text-secondary">
          The next pay date is unknown. {whyUnknown(group.reason)}{" "}
          {mayManage ? "Enter the dates that you know: they win over everything else." : null}
        </p>
      ) : (
        <CalendarTable
          {...props}
          onEdit={setEdited}
          onConfirm={(payDate) => confirm([payDate])}
          onRemove={async ({ entry }) => (entry ? remove(entry) : undefined)}
          onSkip={skip}
        />
      )}
      <PastDates
        missing={props.missing}
        past={props.past}
        mayManage={mayManage}
        onSkip={skip}
        onRemove={remove}
      />
      {edited === null ? null : (
        <PayDateDialog
          key={edited === "new" ? "new" : edited.payDate}
          title={edited === "new" || !edited.entry ? "Enter a pay date" : "Change this pay date"}
          initial={edited === "new" ? empty : datesOf(edited)}
          zoneName={zoneName}
          closeBusinessDays={closeBusinessDays}
          save={(dates) =>
            edited !== "new" && edited.entry
              ? actions.change({
                  customerId,
                  entryId: edited.entry.id,
                  version: edited.entry.version,
                  ...dates,
                })
              : actions.enter({ ...place, ...dates })
          }
          onClose={() => setEdited(null)}
          onDone={() => done("Calendar saved")}
        />
      )}
    </Section>
  );
}

const datesOf = ({ payDate, payPeriodStart, payPeriodEnd, entry }: PayDateView) => ({
  payDate,
  payPeriodStart,
  payPeriodEnd,
  closesOn: entry?.closesOn ?? null,
  closesTime: entry?.closesTime ?? null,
});
