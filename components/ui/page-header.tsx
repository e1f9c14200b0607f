import type { ReactNode } from "react";
import { cn } from "./cn";

export interface PageHeaderProps {
  title: ReactNode;
  /** One sentence that says something true about today. */
  description?: ReactNode;
  /** Right of the title; at most one of them is primary. */
  actions?: ReactNode;
  /** A chip beside the title. */
  status?: ReactNode;
  /** A tile left of the title. */
  leading?: ReactNode;
  className?: string;
}

export function PageHeader({ title, description, actions, status, leading, className }: PageHeaderProps) {
  return (
    <header className={cn("mb-[18px] flex flex-wrap items-start gap-4", className)}>
      {leading}
      <div className="min-w-0 flex-[1_1_320px] max-md:basis-[200px]">
        <h1 className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          {title}
          {status}
        </h1>
        {description ? <p className="mt-0.5 max-w-[92ch] text-secondary">{description}</p> : null}
      </div>
      {actions ? <div className="flex flex-wrap items-center gap-2 max-md:w-full">{actions}</div> : null}
    </header>
  );
}
