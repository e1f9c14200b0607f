import type { ReactNode } from "react";
import { cn } from "./cn";
import { Masked, NoAccess, None, Syncing } from "./value";

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
