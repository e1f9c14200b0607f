import Form from "next/form";
import { FilterBar } from "@/components/ui/filter-bar";
import { FilterMenu } from "@/components/ui/filter-menu";
import { SearchFilter } from "@/components/ui/search-filter";
import { Segmented } from "@/components/ui/segmented";
import { methodLabel, typeLabel } from "@/components/payslip/payslip-words";
import type { PaymentDetailView } from "@/lib/domain/payroll/payments/get-payment";
import { formatNumber } from "@/lib/format/money";
import { paths } from "@/lib/paths";
import {
  hasStatementsFilter,
  statementsEntries,
  statementsSearch,
  withoutStatementsFilter,
  type StatementsAddress,
} from "./statements-url";

interface StatementsFiltersProps {
  customerId: string;
  address: StatementsAddress;
  view: Pick<PaymentDetailView, "payment" | "here" | "awaited" | "methods" | "types">;
}

const resets = ["after", "before", "n", "from"];
const words = (label: (value: string) => string) => (each: { value: string | null; count: number }) => ({
  value: each.value ?? "none",
  label: each.value === null ? "Not provided" : label(each.value),
  count: each.count,
});

/** Search and filters over the statements of a payment, and the switch to whom none is here of. */
export function StatementsFilters({ customerId, address, view }: StatementsFiltersProps) {
  const here = paths.payrollPayment(customerId, view.payment.id);
  const start = { after: null, before: null, position: 1, search: "" };
  const others = statementsEntries({ ...address, awaitedAfter: null, query: { ...address.query, ...start } });
  return (
    <FilterBar
      search={
        <Form action={here} className="contents" scroll={false}>
          {others.map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <SearchFilter label="Search people" placeholder="Name, email or title" resets={resets} />
        </Form>
      }
      clearHref={
        hasStatementsFilter(address) ? here + statementsSearch(address, withoutStatementsFilter) : null
      }
    >
      {view.awaited > 0 || address.show === "awaited" ? (
        <Segmented
          label="Show"
          value={address.show}
          items={[
            {
              value: "statements",
              label: `Statements (${formatNumber(view.here)})`,
              href: here + statementsSearch(address, {}, { show: "statements" }),
            },
            {
              value: "awaited",
              label: `Not here (${formatNumber(view.awaited)})`,
              href: here + statementsSearch(address, {}, { show: "awaited" }),
            },
          ]}
        />
      ) : null}
      {address.show === "statements" ? (
        <>
          <FilterMenu
            label="Paid by"
            name="method"
            options={view.methods.map(words(methodLabel))}
            resets={resets}
          />
          <FilterMenu label="Type" name="type" options={view.types.map(words(typeLabel))} resets={resets} />
        </>
      ) : null}
    </FilterBar>
  );
}
