import { ChevronLeft, ChevronRight, Download } from "lucide-react";
import Link from "next/link";
import { buttonStyles } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import type { NeighbourView, PayslipView } from "@/lib/domain/payroll/statements/payslip-view";
import { formatDate } from "@/lib/format/dates";
import { PrintButton } from "./print-button";
import type { Sheet } from "./sheet";

export interface PayslipLinks {
  statement: (statement: { id: string; paymentId: string }) => string;
  /** Null where the reader may not take a file along. */
  pdf: string | null;
  /** The person's profile, for those who may open it. */
  person?: string;
}

interface PayslipHeaderProps {
  view: PayslipView;
  sheet: Sheet;
  links: PayslipLinks;
}

/** Whose slip of which day, the ones before and after it, and how to take it along. */
export function PayslipHeader({ view, sheet, links }: PayslipHeaderProps) {
  return (
    <header className="mb-[18px] flex flex-wrap items-start gap-4 print:mb-2">
      <div className="min-w-0 flex-[1_1_320px]">
        <h1 className="flex flex-wrap items-baseline gap-x-2.5">
          {links.person ? (
            <Link href={links.person} className="rounded-sm hover:text-accent hover:underline">
              {sheet.name}
            </Link>
          ) : (
            sheet.name
          )}
          <span className="font-normal text-muted max-md:w-full max-md:text-base">{sheet.payDate}</span>
        </h1>
        <p className="mt-0.5 text-secondary">{sheet.subtitle}</p>
      </div>
      <div className="flex flex-wrap items-center gap-2 max-md:w-full print:hidden">
        <nav aria-label="Statements of this person" className="inline-flex">
          <Neighbour side="before" statement={view.before} links={links} />
          <Neighbour side="after" statement={view.after} links={links} />
        </nav>
        <PrintButton />
        {links.pdf ? (
          // A file, not a page: the router must not fetch it ahead.
          <a href={links.pdf} className={buttonStyles({})} download>
            <Download size={16} aria-hidden="true" />
            PDF
          </a>
        ) : null}
      </div>
    </header>
  );
}

const day = ({ payDate }: NeighbourView) => (payDate === null ? "Undated" : formatDate(payDate));

interface NeighbourProps {
  side: "before" | "after";
  statement: NeighbourView | null;
  links: PayslipLinks;
}

function Neighbour({ side, statement, links }: NeighbourProps) {
  const isBefore = side === "before";
  const style = cn(
    buttonStyles({}),
    isBefore ? "rounded-r-none" : "rounded-l-none border-l-0",
    !statement && "cursor-not-allowed text-muted shadow-none",
  );
  const text = statement ? day(statement) : isBefore ? "Earlier" : "Later";
  const content = (
    <>
      {isBefore ? <ChevronLeft size={16} aria-hidden="true" /> : null}
      {statement ? <span className="sr-only">{isBefore ? "Previous: " : "Next: "}</span> : null}
      {text}
      {isBefore ? null : <ChevronRight size={16} aria-hidden="true" />}
    </>
  );
  if (!statement)
    return (
      <span
        role="link"
        className={style}
        aria-disabled="true"
        title={isBefore ? "There is none before" : "There is none after"}
      >
        {content}
      </span>
    );
  return (
    <Link href={links.statement(statement)} className={style} rel={isBefore ? "prev" : "next"}>
      {content}
    </Link>
  );
}
