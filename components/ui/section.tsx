import { useId, type ReactNode } from "react";
import { cn } from "./cn";

export interface SectionProps {
  title: ReactNode;
  /** A muted remark beside the title. */
  note?: ReactNode;
  /** At the right end: a link, a legend. */
  aside?: ReactNode;
  className?: string;
  id?: string;
  children: ReactNode;
}

/** A titled part of a page under a strong rule. */
export function Section({ title, note, aside, className, id, children }: SectionProps) {
  const headingId = useId();
  return (
    <section id={id} aria-labelledby={headingId} className={cn("min-w-0", className)}>
      <div className="flex flex-wrap items-baseline gap-x-2.5 gap-y-1 border-b border-line-strong pb-[9px]">
        <h2 id={headingId}>{title}</h2>
        {note ? <p className="text-sm leading-tight text-muted">{note}</p> : null}
        {aside ? <div className="ml-auto text-sm leading-tight">{aside}</div> : null}
      </div>
      {children}
    </section>
  );
}

/** Sections with 30 px between them. */
export function Sections({ className, children }: { className?: string; children: ReactNode }) {
  return <div className={cn("grid grid-cols-[minmax(0,1fr)] gap-[30px]", className)}>{children}</div>;
}

/** Main column and a 336 px rail, which moves below under 1120 px. */
export function Split({
  rail,
  className,
  children,
}: {
  rail: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  return (
    <div
      className={cn(
        "grid grid-cols-[minmax(0,1fr)] items-start gap-7 lg:grid-cols-[minmax(0,1fr)_var(--rail-width)] lg:gap-9",
        className,
      )}
    >
      <Sections>{children}</Sections>
      <Sections className="gap-7">{rail}</Sections>
    </div>
  );
}
