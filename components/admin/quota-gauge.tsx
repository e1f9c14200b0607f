import { cn } from "@/components/ui/cn";
import type { QuotaGaugeView } from "@/lib/domain/quota/views";
import { formatNumber } from "@/lib/format/money";
import { doneIn, gaugeName, gaugeSays, gaugeTone, waitingIn } from "./quota-words";

/** From here on single places of a window could not be told apart. */
const mostSegments = 40;

/** One window: its places, how many are taken, how many requests wait, and when its backlog is gone. */
export function QuotaGauge({ gauge, now }: { gauge: QuotaGaugeView; now: string }) {
  const { used, allowance, source } = gauge;
  const waiting = waitingIn(gauge);
  const tone = gaugeTone(gauge);
  const done = doneIn(gauge, now);
  return (
    <li data-tone={tone} className="border-b border-line py-1.5 text-xs">
      <div className="flex items-baseline justify-between gap-x-3">
        <span
          className="min-w-0 truncate font-mono text-ink"
          title={source === null ? "Finch documents no limit for it; the figure is a setting" : source}
        >
          {gaugeName(gauge)}
        </span>
        <span className="flex-none">
          {waiting > 0 ? (
            <>
              <b className="font-medium text-ink">{formatNumber(waiting)}</b>
              <span className="text-secondary"> waiting · </span>
            </>
          ) : null}
          <span
            className={cn(
              tone === "failing" ? "font-medium text-tone-text" : "text-secondary",
              done === "idle" && "text-muted",
            )}
          >
            {done}
          </span>
        </span>
      </div>
      <div className="mt-1 flex items-center gap-x-3">
        <div
          role="meter"
          aria-label={`Quota ${gaugeName(gauge)}`}
          aria-valuemin={0}
          aria-valuemax={allowance}
          aria-valuenow={used}
          aria-valuetext={gaugeSays(gauge, now)}
          className="h-2.5 flex-1"
        >
          <Places used={used} allowance={allowance} />
        </div>
        <span className="min-w-[68px] text-right text-secondary">
          {formatNumber(used)} / {formatNumber(allowance)}
        </span>
      </div>
    </li>
  );
}

function Places({ used, allowance }: { used: number; allowance: number }) {
  if (allowance > mostSegments)
    return (
      <span aria-hidden="true" className="block h-full bg-neutral-bg shadow-[inset_0_0_0_1px_var(--line)]">
        <span
          className="block h-full bg-tone-solid"
          style={{ width: `${Math.min(100, (used / allowance) * 100)}%` }}
        />
      </span>
    );
  return (
    <span aria-hidden="true" className="flex h-full gap-px">
      {Array.from({ length: allowance }, (_, place) => (
        <span
          key={place}
          className={cn(
            "flex-1",
            place < used ? "bg-tone-solid" : "bg-neutral-bg shadow-[inset_0_0_0_1px_var(--line)]",
          )}
        />
      ))}
    </span>
  );
}
