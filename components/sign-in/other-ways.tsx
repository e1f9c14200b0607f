import type { ReactNode } from "react";

/** Below the mailed link: the other ways into the same account, one button each. */
export function OtherWays({ children }: { children: ReactNode }) {
  return (
    <div className="mt-5">
      <p
        aria-hidden="true"
        className="flex items-center gap-3 text-xs text-muted before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line"
      >
        or
      </p>
      <div className="mt-4 grid gap-2.5">{children}</div>
    </div>
  );
}
