import Form from "next/form";
import { Button } from "@/components/ui/button";
import { FilterBar } from "@/components/ui/filter-bar";
import { FilterMenu } from "@/components/ui/filter-menu";
import { Input } from "@/components/ui/input";
import type { AuditPageView } from "@/lib/domain/audit/list-audit";
import { atPlace, auditEntries, auditHref, hasFilter, withoutFilter, type AuditAddress } from "./audit-url";

interface AuditFiltersProps {
  /** The page's own path. */
  here: string;
  address: AuditAddress;
  view: Pick<AuditPageView, "actors" | "groups" | "targets">;
}

/** Who, what, about what and when; all of it in the address. */
export function AuditFilters({ here, address, view }: AuditFiltersProps) {
  return (
    <FilterBar
      clearHref={hasFilter(address) ? auditHref(here, withoutFilter(address)) : null}
      // The dates are too wide for one line of a phone.
      className="max-md:flex-wrap max-md:overflow-x-visible"
    >
      <FilterMenu label="Who" name="who" options={view.actors} />
      <FilterMenu label="What" name="what" options={view.groups} />
      <FilterMenu label="About" name="about" options={view.targets} />
      <DateRange here={here} address={address} />
    </FilterBar>
  );
}

/** Days of the employer's zone, both included. */
function DateRange({ here, address }: { here: string; address: AuditAddress }) {
  const { from, to } = address.query;
  const others = auditEntries(atPlace(address)).filter(([name]) => name !== "from" && name !== "to");
  return (
    <Form
      // The fields keep what was typed; another address starts them anew.
      key={`${from ?? ""} ${to ?? ""}`}
      action={here}
      scroll={false}
      className="flex flex-none items-center gap-1.5 text-sm text-secondary max-md:grid max-md:w-full max-md:grid-cols-2 max-md:gap-2"
    >
      {others.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <label className="flex items-center gap-1.5 max-md:block max-md:min-w-0">
        <span>From</span>
        <Input
          type="date"
          name="from"
          defaultValue={from ?? ""}
          className="w-[136px] max-md:w-full max-md:min-w-0"
        />
      </label>
      <label className="flex items-center gap-1.5 max-md:block max-md:min-w-0">
        <span className="max-md:inline-block max-md:first-letter:uppercase">to</span>
        <Input
          type="date"
          name="to"
          defaultValue={to ?? ""}
          className="w-[136px] max-md:w-full max-md:min-w-0"
        />
      </label>
      <Button type="submit" className="max-md:col-span-full">
        Apply
      </Button>
    </Form>
  );
}
