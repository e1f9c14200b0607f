import type { ReactNode } from "react";
import { cn } from "./cn";
import { Copyable } from "./copyable";
import { StatusShape, type ShapeName } from "./status-shape";
import type { Tone } from "./tone";

export interface BannerProps {
  tone?: Tone;
  shape?: ShapeName;
  /** What happened, in one sentence. */
  title: ReactNode;
  /** What it means for the reader. */
  means?: ReactNode;
  /** What to do now. */
  todo?: ReactNode;
  /** Free text instead of, or below, the three parts. */
  children?: ReactNode;
  requestId?: string | null;
  /** What the id is of: "Finch request", "Reference". */
  requestLabel?: string;
  code?: ReactNode;
  actions?: ReactNode;
  /** alert: spoken at once, for what appears after something was pressed. */
  role?: "alert" | "status";
  headingLevel?: 2 | 3;
  /** The three parts below each other, for narrow places. */
  stacked?: boolean;
  className?: string;
}

const defaultShapes: Record<Tone, ShapeName> = {
  healthy: "check",
  attention: "triangle",
  failing: "octagon",
  waiting: "hourglass",
  neutral: "dot",
};

function Part({ name, stacked, children }: { name: string; stacked?: boolean; children: ReactNode }) {
  return (
    <div
      className={
        stacked
          ? "mt-1"
          : "grid grid-cols-[104px_minmax(0,1fr)] gap-2 max-md:mt-1 max-md:grid-cols-1 max-md:gap-0"
      }
    >
      <dt className="font-medium text-secondary">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** What happened, what it means, what to do: the only way trouble is told on a page. */
export function Banner({
  tone = "attention",
  shape,
  title,
  means,
  todo,
  children,
  requestId,
  requestLabel = "Finch request",
  code,
  actions,
  role,
  headingLevel = 2,
  stacked,
  className,
}: BannerProps) {
  const Heading = headingLevel === 2 ? "h2" : "h3";
  return (
    <div
      role={role}
      data-tone={tone}
      className={cn(
        "grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 rounded-lg border border-tone-line bg-tone-bg px-4 py-3.5 max-md:p-3",
        actions && !stacked && "md:grid-cols-[auto_minmax(0,1fr)_auto]",
        className,
      )}
    >
      <StatusShape shape={shape ?? defaultShapes[tone]} className="mt-0.5 size-4" />
      <div className="min-w-0">
        <Heading className="text-base leading-[1.45] text-tone-text">{title}</Heading>
        {means || todo ? (
          <dl className="mt-[5px] grid max-w-[88ch] gap-[3px] text-sm leading-normal">
            {means ? (
              <Part name="What it means" stacked={stacked}>
                {means}
              </Part>
            ) : null}
            {todo ? (
              <Part name="What to do" stacked={stacked}>
                {todo}
              </Part>
            ) : null}
          </dl>
        ) : null}
        {children ? (
          <div className="max-w-[88ch] text-sm leading-normal text-secondary">{children}</div>
        ) : null}
        {requestId || code ? (
          <p className="mt-2 flex flex-wrap items-center gap-x-2 text-xs text-secondary">
            {requestId ? (
              <>
                <span>{requestLabel}</span>
                <Copyable value={requestId} label={requestLabel} />
              </>
            ) : null}
            {code ? <span>{code}</span> : null}
          </p>
        ) : null}
      </div>
      {actions ? (
        <div
          className={cn(
            "flex flex-wrap gap-2 self-start max-md:col-span-full max-md:mt-2 max-md:*:flex-1",
            stacked ? "col-start-2 mt-2" : "md:justify-end",
          )}
        >
          {actions}
        </div>
      ) : null}
    </div>
  );
}
