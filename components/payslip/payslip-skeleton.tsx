import { Skeleton } from "@/components/ui/skeleton";

/** A payslip's shape while it is read. */
export function PayslipSkeleton() {
  return (
    <div aria-busy="true">
      <div role="status" className="sr-only">
        <h1>Loading the pay statement</h1>
      </div>
      <div className="mb-[18px] flex items-start gap-4">
        <div className="flex-1">
          <Skeleton className="my-[7px] h-4 w-72 max-w-full" />
          <Skeleton className="mt-2 w-96 max-w-full" />
        </div>
        <Skeleton className="h-8 w-64 rounded-md max-md:hidden" />
      </div>
      <div className="flex flex-wrap gap-x-11 gap-y-3 border-t border-line-strong py-4">
        {["w-24", "w-20", "w-20", "w-32"].map((width, at) => (
          <div key={at}>
            <Skeleton className="h-2 w-12" />
            <Skeleton className={`mt-3 h-5 ${width}`} />
          </div>
        ))}
      </div>
      <Skeleton className="h-2 w-full" />
      <div className="mt-[34px] grid gap-7 lg:grid-cols-[minmax(0,1fr)_var(--rail-width)] lg:gap-9">
        <div className="grid gap-[26px]">
          <Rows count={4} />
          <div className="grid gap-8 sm:grid-cols-2">
            <Rows count={5} />
            <Rows count={4} />
          </div>
          <Rows count={4} />
        </div>
        <div className="grid content-start gap-7">
          <Rows count={7} />
          <Rows count={3} />
        </div>
      </div>
    </div>
  );
}

function Rows({ count }: { count: number }) {
  return (
    <div>
      <Skeleton className="mb-3 w-28" />
      <div className="border-t border-line-strong">
        {Array.from({ length: count }, (_, row) => (
          <div
            key={row}
            className="flex h-row-relaxed items-center justify-between border-b border-line px-2"
          >
            <Skeleton className="w-28" />
            <Skeleton className="w-16" />
          </div>
        ))}
      </div>
    </div>
  );
}
