import type { ReactNode } from "react";

export interface ThreePartsProps {
  what: ReactNode;
  means: ReactNode;
  todo: ReactNode;
}

/** What happened, what it means, what to do, for pages that are only about that. */
export function ThreeParts({ what, means, todo }: ThreePartsProps) {
  return (
    <dl className="grid gap-2.5">
      <Part name="What happened">{what}</Part>
      <Part name="What it means">{means}</Part>
      <Part name="What to do">{todo}</Part>
    </dl>
  );
}

function Part({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-3 sm:grid-cols-[112px_minmax(0,1fr)]">
      <dt className="text-sm leading-[1.65] font-medium text-muted">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
