import { MonthsChart } from "@/components/payroll/payroll-sums";
import { Sections } from "@/components/ui/section";
import { Skeleton } from "@/components/ui/skeleton";
import type { PayrollOverviewView } from "@/lib/domain/overview/get-payroll-overview";
import { LatestPayments } from "./latest-payments";
import { PayRow, type YearToDate } from "./pay-row";

interface PayrollPartProps {
  customerId: string;
  view: PayrollOverviewView;
  ytd: YearToDate;
}

/** Pay on an employer's first page: three figures, twelve months, the latest payments. */
export function PayrollPart({ customerId, view, ytd }: PayrollPartProps) {
  const { recent, sums, today } = view;
  return (
    <Sections>
      <PayRow {...{ customerId, view, ytd }} />
      {sums.map((each) => (
        <MonthsChart key={each.currency} sums={each} by="month" named={sums.length > 1} />
      ))}
      {recent.length > 0 ? <LatestPayments {...{ customerId, today }} payments={recent} /> : null}
    </Sections>
  );
}

/** While pay is read: the three figures and the chart. */
export function PayrollPartSkeleton() {
  return (
    <div aria-busy="true">
      <div className="grid grid-cols-2 border-y border-line-strong md:grid-cols-3">
        {Array.from({ length: 3 }, (_, index) => (
          <div key={index} className="p-4 pl-0">
            <Skeleton className="h-2 w-20" />
            <Skeleton className="mt-3 h-5 w-28" />
            <Skeleton className="mt-3 h-2 w-24" />
          </div>
        ))}
      </div>
      <Skeleton className="mt-7 h-[190px] rounded-sm" />
    </div>
  );
}
