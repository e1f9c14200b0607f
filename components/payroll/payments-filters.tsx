import { FilterBar } from "@/components/ui/filter-bar";
import { FilterMenu } from "@/components/ui/filter-menu";
import { Segmented } from "@/components/ui/segmented";
import type { PaymentsView } from "@/lib/domain/payroll/payments/list-payments";
import type { PaymentsQuery } from "@/lib/domain/payroll/payments/payments-query";
import { statementStates } from "@/lib/format/pay-choices";
import { enumLabel } from "@/lib/format/enums";
import { paths } from "@/lib/paths";
import { stateLooks } from "./payment-words";
import { hasPaymentsFilter, paymentsSearch, withoutPaymentsFilter } from "./payments-url";

interface PaymentsFiltersProps {
  customerId: string;
  query: PaymentsQuery;
  view: Pick<PaymentsView, "choices" | "sources" | "year">;
}

const shownYears = 5;

/** Year, group, frequency, completeness: all of it in the address. */
export function PaymentsFilters({ customerId, query, view }: PaymentsFiltersProps) {
  const { choices, sources, year } = view;
  const here = paths.payroll(customerId);
  const years = [...new Set([...(year === "all" ? [] : [year]), ...choices.years])].sort((a, b) => b - a);
  const several = sources.length > 1;
  return (
    <FilterBar
      clearHref={hasPaymentsFilter(query) ? here + paymentsSearch(withoutPaymentsFilter(query)) : null}
    >
      <Segmented
        label="Year of the pay date"
        value={String(year)}
        items={[
          ...years.slice(0, shownYears).map((each) => ({
            value: String(each),
            label: String(each),
            href: here + paymentsSearch(query, { year: each }),
          })),
          { value: "all", label: "All years", href: here + paymentsSearch(query, { year: "all" }) },
        ]}
      />
      {choices.groups.length > 0 ? (
        <FilterMenu
          label="Pay group"
          name="group"
          options={choices.groups.map(({ id, name, providerName }) => ({
            value: id ?? "none",
            label:
              id === null
                ? "No pay group"
                : `${name ?? "Unnamed group"}${several ? `, ${providerName}` : ""}`,
          }))}
        />
      ) : null}
      {choices.frequencies.length > 0 ? (
        <FilterMenu
          label="Frequency"
          name="frequency"
          options={choices.frequencies.map((value) => ({
            value: value ?? "none",
            label: enumLabel("payFrequency", value) ?? "Not provided",
          }))}
        />
      ) : null}
      <FilterMenu
        label="Statements"
        name="state"
        options={statementStates.map((value) => ({ value, label: stateLooks[value].label }))}
      />
      <FilterMenu
        label="Kind"
        name="kind"
        single
        options={[
          { value: "regular", label: "Regular" },
          { value: "off_cycle", label: "Off-cycle" },
        ]}
      />
      {several ? (
        <FilterMenu
          label="Connection"
          name="connection"
          options={sources.map(({ id, providerName }) => ({ value: id, label: providerName }))}
        />
      ) : null}
    </FilterBar>
  );
}
