import { ChevronDown, ChevronsUpDown, ChevronUp } from "lucide-react";
import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { TableKeys } from "./table-keys";

export interface TableProps {
  /** The accessible name: "People". Its scroll box is called "People table". */
  label: string;
  /** compact 32 px, normal 38 px, two-line 48 px. On phones rows are at least 48 px. */
  density?: "compact" | "normal" | "relaxed";
  /** Height of the scroll box, e.g. "max-h-[70vh]"; the head stays in sight inside it. */
  scrollClassName?: string;
  /** Runs to the page's edges, so that a wide table scrolls under the gutter. */
  bleed?: boolean;
  className?: string;
  children: ReactNode;
}

const densities = {
  compact: "[--row-height:var(--row-compact)]",
  normal: "[--row-height:var(--row)]",
  relaxed: "[--row-height:var(--row-relaxed)]",
};

/** Hairlines, dense rows, sticky head, rows by arrow key. Parts: THead, TBody, TR, TH, TD. */
export function Table({
  label,
  density = "normal",
  scrollClassName,
  bleed,
  className,
  children,
}: TableProps) {
  return (
    <TableKeys
      label={label}
      className={cn(
        "relative overflow-x-auto focus-visible:outline-offset-0",
        bleed && "-mx-gutter px-gutter",
        scrollClassName,
      )}
    >
      <table
        aria-label={label}
        className={cn(
          "w-full border-separate border-spacing-0 text-sm leading-[1.35] max-md:[--row-height:var(--row-relaxed)]",
          densities[density],
          className,
        )}
      >
        {children}
      </table>
    </TableKeys>
  );
}

export function THead({ children }: { children: ReactNode }) {
  return <thead>{children}</thead>;
}

export function TBody({ children }: { children: ReactNode }) {
  return <tbody>{children}</tbody>;
}

/** Sums: they stay in sight at the foot of the scroll box. */
export function TFoot({ children }: { children: ReactNode }) {
  return (
    <tfoot className="[&_tr>*]:sticky [&_tr>*]:bottom-0 [&_tr>*]:z-2 [&_tr>*]:border-t-2 [&_tr>*]:border-b-0 [&_tr>*]:border-line-strong [&_tr>*]:bg-surface">
      {children}
    </tfoot>
  );
}

export function TR({ selected, className, ...props }: ComponentProps<"tr"> & { selected?: boolean }) {
  return (
    <tr
      data-selected={selected || undefined}
      className={cn(
        "group/row [tbody_&:hover>*]:bg-surface-hover data-[key-row]:*:bg-surface-hover data-[key-row]:[&>*:first-child]:shadow-[inset_3px_0_0_var(--focus)]",
        selected && "*:bg-surface-selected",
        className,
      )}
      {...props}
    />
  );
}

export interface THProps extends Omit<ComponentProps<"th">, "align"> {
  numeric?: boolean;
  /** Left out on phones; the record holds the rest. */
  wide?: boolean;
  /** Where pressing the head goes; with it the column is sortable. */
  sortHref?: string;
  sorted?: "ascending" | "descending" | false;
}

const sortIcons = { ascending: ChevronUp, descending: ChevronDown };

export function TH({ numeric, wide, sortHref, sorted, className, children, ...props }: THProps) {
  const Icon = sorted ? sortIcons[sorted] : ChevronsUpDown;
  return (
    <th
      scope="col"
      aria-sort={sorted || undefined}
      className={cn(
        "sticky top-0 z-2 h-8 border-b border-line-strong bg-surface-sunken px-2.5 text-left text-xs font-medium whitespace-nowrap text-muted first:rounded-tl-sm first:pl-2 last:pr-2",
        numeric && "text-right",
        wide && "max-md:hidden",
        className,
      )}
      {...props}
    >
      {sortHref ? (
        <Link
          href={sortHref}
          scroll={false}
          className={cn(
            "inline-flex min-h-6 items-center gap-1 rounded-sm hover:text-ink",
            sorted && "text-ink",
          )}
        >
          {children}
          <Icon size={12} aria-hidden="true" />
        </Link>
      ) : (
        children
      )}
    </th>
  );
}

export interface TDProps extends Omit<ComponentProps<"td">, "align"> {
  numeric?: boolean;
  wide?: boolean;
  /** The row's name: a th with scope row. Put the row's link inside it. */
  rowHeader?: boolean;
  wrap?: boolean;
}

export function TD({ numeric, wide, rowHeader, wrap, className, ...props }: TDProps) {
  const style = cn(
    "h-(--row-height) border-b border-line px-2.5 text-left align-middle first:pl-2 last:pr-2",
    wrap ? "py-1.5" : "whitespace-nowrap",
    numeric && "text-right tabular-nums",
    wide && "max-md:hidden",
    rowHeader && "font-medium",
    className,
  );
  return rowHeader ? <th scope="row" className={style} {...props} /> : <td className={style} {...props} />;
}

/** The link that opens a row's record; Enter on the keyboard row presses it. */
export function RowLink({ className, ...props }: ComponentProps<typeof Link>) {
  return (
    <Link
      data-row-link=""
      className={cn("rounded-sm py-1 font-medium text-ink hover:text-accent hover:underline", className)}
      {...props}
    />
  );
}

/** A second, muted line below a cell's value. */
export function SubLine({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <span className={cn("block text-xs leading-[1.3] font-normal text-muted", className)}>{children}</span>
  );
}
