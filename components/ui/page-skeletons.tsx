import type { ReactNode } from "react";
import { cn } from "./cn";
import { Skeleton } from "./skeleton";

/** Says "Loading" once to assistive technology; the bars themselves are silent. */
function Loading({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div aria-busy="true">
      <div role="status" className="sr-only">
        <h1>Loading {label}</h1>
      </div>
      {children}
    </div>
  );
}

function HeaderSkeleton({ actions = 1, leading }: { actions?: number; leading?: boolean }) {
  return (
    <div className="mb-[18px] flex items-start gap-4">
      {leading ? <Skeleton className="size-11 rounded-[7px]" /> : null}
      <div className="flex-1">
        <Skeleton className="my-[7px] h-4 w-52" />
        <Skeleton className="mt-2 w-80 max-w-full" />
      </div>
      {Array.from({ length: actions }, (_, index) => (
        <Skeleton key={index} className="h-8 w-28 rounded-md max-md:hidden" />
      ))}
    </div>
  );
}

function Rows({ count, widths }: { count: number; widths: string[] }) {
  return (
    <div className="border-t border-line-strong">
      {Array.from({ length: count }, (_, row) => (
        <div
          key={row}
          className="flex h-row items-center gap-6 border-b border-line px-2 max-md:h-row-relaxed"
        >
          {widths.map((width, column) => (
            <Skeleton key={column} className={cn(width, column > 1 && "max-md:hidden")} />
          ))}
        </div>
      ))}
    </div>
  );
}

function SectionSkeleton({ rows = 4, wide = true }: { rows?: number; wide?: boolean }) {
  return (
    <div>
      <Skeleton className="mb-3 w-36" />
      <Rows count={rows} widths={wide ? ["w-32", "flex-1", "w-20"] : ["w-24", "flex-1"]} />
    </div>
  );
}

export function CardsSkeleton({ count = 6, label = "connections" }: { count?: number; label?: string }) {
  return (
    <Loading label={label}>
      <HeaderSkeleton />
      <div className="grid grid-cols-[repeat(auto-fill,minmax(min(356px,100%),1fr))] gap-3.5">
        {Array.from({ length: count }, (_, index) => (
          <div key={index} className="grid gap-3 rounded-lg border border-line-strong p-4">
            <div className="flex gap-3">
              <Skeleton className="size-9 rounded-[7px]" />
              <div className="flex-1">
                <Skeleton className="mt-1 w-28" />
                <Skeleton className="mt-2.5 h-2 w-40" />
              </div>
              <Skeleton className="h-[22px] w-20 rounded-md" />
            </div>
            <Skeleton className="mt-1" />
            <Skeleton className="w-2/3" />
            <Skeleton className="mt-4 h-0.5" />
            <Skeleton className="mt-3 h-[26px] w-24 rounded-md" />
          </div>
        ))}
      </div>
    </Loading>
  );
}

export function TableSkeleton({ rows = 14, label = "the table" }: { rows?: number; label?: string }) {
  return (
    <Loading label={label}>
      <HeaderSkeleton actions={2} />
      <div className="flex gap-2 pb-3">
        <Skeleton className="h-8 w-[260px] rounded-md" />
        <Skeleton className="h-8 w-28 rounded-md max-md:hidden" />
        <Skeleton className="h-8 w-24 rounded-md max-md:hidden" />
      </div>
      <div className="h-8 bg-surface-sunken" />
      <Rows count={rows} widths={["w-36", "w-28", "w-24", "w-24", "flex-1", "w-20"]} />
    </Loading>
  );
}

export function DetailSkeleton({ label = "the record" }: { label?: string }) {
  return (
    <Loading label={label}>
      <HeaderSkeleton leading />
      <div className="grid gap-7 lg:grid-cols-[minmax(0,1fr)_var(--rail-width)] lg:gap-9">
        <div className="grid gap-[30px]">
          <SectionSkeleton rows={6} />
          <SectionSkeleton rows={5} />
        </div>
        <div className="grid content-start gap-7">
          <SectionSkeleton rows={5} wide={false} />
          <SectionSkeleton rows={4} wide={false} />
        </div>
      </div>
    </Loading>
  );
}

/** Steps, products, items, syncs; beside them timeline, facts and checks. */
export function ConnectionSkeleton({ label = "the connection" }: { label?: string }) {
  return (
    <Loading label={label}>
      <HeaderSkeleton leading />
      <div className="grid gap-7 lg:grid-cols-[minmax(0,1fr)_var(--rail-width)] lg:gap-9">
        <div className="grid gap-[30px]">
          <Skeleton className="mt-1.5 h-0.5" />
          <SectionSkeleton rows={13} />
          <SectionSkeleton rows={9} />
          <SectionSkeleton rows={1} wide={false} />
          <SectionSkeleton rows={5} />
        </div>
        <div className="grid content-start gap-7">
          <SectionSkeleton rows={5} wide={false} />
          <SectionSkeleton rows={5} wide={false} />
          <SectionSkeleton rows={2} wide={false} />
        </div>
      </div>
    </Loading>
  );
}

export function OverviewSkeleton({ label = "the overview" }: { label?: string }) {
  return (
    <Loading label={label}>
      <HeaderSkeleton actions={2} />
      <SectionSkeleton rows={3} />
      <div className="my-[26px] grid grid-cols-2 border-y border-line-strong md:grid-cols-4">
        {Array.from({ length: 4 }, (_, index) => (
          <div key={index} className="p-4 pl-0">
            <Skeleton className="h-2 w-20" />
            <Skeleton className="mt-3 h-5 w-28" />
            <Skeleton className="mt-3 h-2 w-24" />
          </div>
        ))}
      </div>
      <SectionSkeleton rows={5} />
    </Loading>
  );
}

/** Filters, three charts, and a table below them. */
export function ChartsSkeleton({ label }: { label: string }) {
  return (
    <Loading label={label}>
      <HeaderSkeleton />
      <div className="flex gap-2 pb-3">
        <Skeleton className="h-8 w-[260px] rounded-md" />
        <Skeleton className="h-8 w-28 rounded-md max-md:hidden" />
        <Skeleton className="h-8 w-28 rounded-md max-md:hidden" />
      </div>
      <Skeleton className="mb-5 h-8 w-72 max-w-full rounded-md" />
      <div className="mb-7 grid gap-x-8 gap-y-5 lg:grid-cols-3">
        {Array.from({ length: 3 }, (_, index) => (
          <div key={index}>
            <Skeleton className="mb-3 w-40" />
            <Skeleton className="h-[132px] rounded-sm" />
          </div>
        ))}
      </div>
      <SectionSkeleton rows={10} />
    </Loading>
  );
}
