import { cn } from "./cn";

/** A grey bar in the final shape. No shimmer: it is quiet until it is real. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={cn("block h-2.5 rounded-[3px] bg-neutral-bg", className)} />;
}
