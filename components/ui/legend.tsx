import type { ReactNode } from "react";
import { cn } from "./cn";
import { Masked, NoAccess, None, Syncing } from "./value";

const swatches = {
  "chart-1": "bg-chart-1",
  "chart-2": "bg-chart-2",
  "chart-3": "bg-chart-3",
  "chart-4": "bg-chart-4",
  missing: "hatch",
};

export interface LegendItem {
  swatch: keyof typeof swatches;
  label: ReactNode;
}

export function Legend({ items, className }: { items: LegendItem[]; className?: string }) {
  return (
    <ul className={cn("flex flex-wrap gap-x-4 gap-y-1 text-xs text-secondary", className)}>
      {items.map((item) => (
        <li key={item.swatch} className="inline-flex items-center gap-1.5">
          <span aria-hidden="true" className={cn("size-[9px] rounded-[2px]", swatches[item.swatch])} />
          {item.label}
        </li>
      ))}
    </ul>
  );
}

/** What the four kinds of nothing mean, below a table that may hold them. */
export function NothingLegend({ className }: { className?: string }) {
  return (
    <dl className={cn("flex flex-wrap gap-x-5 gap-y-1 text-xs text-secondary", className)}>
      <Meaning sign={<None />}>the provider sent nothing</Meaning>
      <Meaning sign={<Masked />}>your role may not see it</Meaning>
      <Meaning sign={<NoAccess />}>the connection may not read it</Meaning>
      <Meaning sign={<Syncing />}>on its way</Meaning>
    </dl>
  );
}

function Meaning({ sign, children }: { sign: ReactNode; children: ReactNode }) {
  return (
    <div className="flex items-center gap-[7px]">
      <dt className="flex">{sign}</dt>
      <dd>{children}</dd>
    </div>
  );
}
