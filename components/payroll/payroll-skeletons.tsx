import type { ReactNode } from "react";
import { Skeleton } from "@/components/ui/skeleton";

function Loading({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div aria-busy="true">
      <div role="status" className="sr-only">
        <h1>Loading {label}</h1>
      </div>
      <div className="mb-[18px]">
        <Skeleton className="my-[7px] h-4 w-52" />
        <Skeleton className="mt-2 w-80 max-w-full" />
      </div>
      {children}
    </div>
  );
}

function Rows({ count }: { count: number }) {
  return (
    <div className="border-t border-line-strong">
      {Array.from({ length: count }, (_, row) => (
        <div key={row} className="flex h-row-relaxed items-center gap-6 border-b border-line px-2">
          {["w-24", "w-28", "w-36", "flex-1", "w-24"].map((width, column) => (
            <Skeleton key={column} className={`${width} ${column > 1 ? "max-md:hidden" : ""}`} />
          ))}
        </div>
      ))}
    </div>
  );
}

function Figures({ count }: { count: number }) {
  return (
    <div className="my-[26px] grid grid-cols-2 border-y border-line-strong md:grid-cols-5">
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className="p-4 pl-0">
          <Skeleton className="h-2 w-20" />
          <Skeleton className="mt-3 h-5 w-28" />
          <Skeleton className="mt-3 h-2 w-24" />
        </div>
      ))}
    </div>
  );
}

function Filters() {
  return (
    <div className="flex gap-2 pb-3">
      <Skeleton className="h-8 w-[260px] rounded-md" />
      <Skeleton className="h-8 w-28 rounded-md max-md:hidden" />
      <Skeleton className="h-8 w-24 rounded-md max-md:hidden" />
    </div>
  );
}

/** Filters, figures, a chart, pay groups, payments. */
export function PayrollSkeleton() {
  return (
    <Loading label="the payments">
      <Filters />
      <Figures count={5} />
      <Skeleton className="mb-3 w-56" />
      <Skeleton className="mb-8 h-[190px] rounded-sm" />
      <Skeleton className="mb-3 w-36" />
      <Rows count={4} />
      <Skeleton className="mt-8 mb-3 w-36" />
      <Rows count={10} />
    </Loading>
  );
}
