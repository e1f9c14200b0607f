import { Banner } from "@/components/ui/banner";
import { TextLink } from "@/components/ui/link";
import type { YtdPersonView } from "@/lib/domain/payroll/ytd/get-ytd-person";
import type { ClosedReversal } from "@/lib/domain/payroll/ytd/person-notes";
import { formatDate } from "@/lib/format/dates";
import { formatMoney } from "@/lib/format/money";
import { payCategoryLabels } from "@/lib/format/pay-types";
import { paths } from "@/lib/paths";
import { seamWords } from "./seam-words";

interface PersonNotesProps {
  customerId: string;
  view: YtdPersonView;
}

/** What the figures do not say by themselves: years that were reduced later, and records that count together. */
export function PersonNotes({ customerId, view }: PersonNotesProps) {
  const years = [...new Set(view.reversals.map(({ closedYear }) => closedYear))].sort();
  const overlaps = view.seams.filter(({ seam }) => seam.kind === "overlap");
  const seams = view.seams.filter(({ seam }) => seam.kind !== "overlap");
  return (
    <>
      {years.length > 0 ? (
        <Banner
          tone="attention"
          title={`May need a W-2c for ${years.join(" and ")}`}
          means="A line of a closed year was taken back in a later one. It counts in the year in which it was paid, and is taken off in the other: the year’s sums and box 1 still have it."
          className="mb-5"
          stacked
        >
          <ul className="mt-1 text-sm">
            {view.reversals.map((each) => (
              <Reversal
                key={`${each.paid.statementId} ${each.takenBack.statementId} ${each.category} ${each.name ?? ""}`}
                {...{ customerId, each }}
              />
            ))}
          </ul>
        </Banner>
      ) : null}
      {overlaps.map(({ between, seam }) => (
        <Banner
          key={between.join(" ")}
          tone="attention"
          title={`${between[0]} and ${between[1]} count together`}
          means={seamWords(seam)}
          className="mb-5"
        />
      ))}
      {seams.map(({ between, seam }) => (
        <p key={between.join(" ")} className="mb-4 text-sm text-secondary">
          {between[0]} and {between[1]} count together. {seamWords(seam)}
        </p>
      ))}
    </>
  );
}

function Reversal({ customerId, each }: { customerId: string; each: ClosedReversal }) {
  const { category, name, cents, currency, paid, takenBack } = each;
  const known = Object.entries(payCategoryLabels).find(([key]) => key === category)?.[1];
  const slip = ({ payDate, paymentId, statementId }: ClosedReversal["paid"]) => (
    <TextLink href={paths.payStatement(customerId, paymentId, statementId)}>{formatDate(payDate)}</TextLink>
  );
  return (
    <li>
      {name ?? known ?? category}, {formatMoney(cents, currency || null)}: paid on {slip(paid)}, taken back on{" "}
      {slip(takenBack)}
    </li>
  );
}
