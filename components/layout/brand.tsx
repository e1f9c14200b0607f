import Link from "next/link";
import { cn } from "@/components/ui/cn";

/** The kingfisher without its perch: where a rule or a sheet's edge takes its place. */
export function BirdPaths() {
  return (
    <>
      <path
        className="fill-accent"
        d="M25.8 8.3 31.2 10.2l-5.2 1.9c.1 7-4.4 12.1-11.5 12.1H9.3L2.7 30.2 1 28.7l5.3-6.9C7.1 13.9 11.5 10.6 15.5 9.3 16.7 8.9 17 8.3 17.2 7.3 17.8 4.6 19.5 3.2 21.7 3.2c2.4 0 4.1 2 4.1 5.1Z"
      />
      <path className="fill-breast" d="M26 12.7c0 6.8-4.5 11.5-11.5 11.5h-1.7c5.8-.9 10.2-5.1 13.2-11.5Z" />
    </>
  );
}

export function BrandMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={cn("size-[22px] flex-none", className)}>
      <BirdPaths />
      <rect className="fill-accent" x="8.5" y="25.4" width="23" height="2.6" rx="1.3" />
    </svg>
  );
}

/** Mark and word, as they stand at the head of the navigation. */
export function Brand({ href, className }: { href: string; className?: string }) {
  return (
    <Link
      href={href}
      className={cn(
        "flex h-(--topbar) items-center gap-[9px] rounded-md px-2 text-[15px] font-semibold tracking-[-0.02em] text-ink",
        className,
      )}
    >
      <BrandMark />
      Perch
    </Link>
  );
}
