import Link from "next/link";
import { cn } from "@/components/ui/cn";
import { statusLooks } from "@/components/ui/status-chip";
import { StatusShape } from "@/components/ui/status-shape";
import type { FleetView } from "@/lib/domain/customers/get-fleet";
import { formatNumber } from "@/lib/format/money";
import { fleetHref, fleetStatuses } from "./admin-url";

/** Connections by status: one bar, and a figure for each that leads to its list. */
export function FleetBar({ fleet }: { fleet: FleetView }) {
  const shown = fleetStatuses.filter((status) => status !== "disconnected");
  return (
    <section aria-label="Connections by status">
      <div aria-hidden="true" className="flex h-3 gap-0.5 overflow-hidden rounded-sm">
        {shown.map((status) => {
          const count = fleet.byStatus[status];
          if (count === 0) return null;
          const { tone } = statusLooks[status];
          const isHatched = status === "setting_up" || status === "never_synced";
          return (
            <span
              key={status}
              data-tone={tone}
              className={cn("min-w-1.5", isHatched ? "hatch" : "bg-tone-solid")}
              style={{ flexGrow: count }}
            />
          );
        })}
        {fleet.connections === 0 ? <span className="flex-1 bg-neutral-bg" /> : null}
      </div>
      <ul className="mt-2.5 grid grid-cols-2 gap-x-4 gap-y-2 border-b border-line-strong pb-3 sm:grid-cols-4 lg:grid-cols-8">
        {shown.map((status) => {
          const { tone, shape, label } = statusLooks[status];
          return (
            <li key={status} data-tone={tone}>
              <Link href={fleetHref({ statuses: [status] })} className="group block rounded-sm">
                <span className="flex items-center gap-1.5 text-xs whitespace-nowrap text-secondary group-hover:underline">
                  <StatusShape shape={shape} />
                  {label}
                </span>
                <span className="block text-xl font-medium text-ink">
                  {formatNumber(fleet.byStatus[status])}
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
