/** When requests can leave, by a quota's slots. Pure; the honest answer to "how long does it take?". */

export interface QuotaOutlook {
  allowance: number;
  windowMs: number;
  /** Milliseconds until each busy slot is free; the others are. */
  busyMs: readonly number[];
  /** Nothing leaves for this long. */
  pausedMs: number;
}

/** A slot rests this much longer than the window. */
const restMs = 50;

/**
 * Milliseconds until the n-th request from now can leave, if each slot is used as soon as it is free.
 * @param n from 1 on; 0 is at once
 */
export function msUntilRequest({ allowance, windowMs, busyMs, pausedMs }: QuotaOutlook, n: number): number {
  if (n <= 0) return 0;
  const free = Array.from({ length: allowance }, (_, slot) => Math.max(busyMs[slot] ?? 0, pausedMs));
  const cycleMs = windowMs + restMs;
  const leftBy = (ms: number) =>
    free.reduce((sum, at) => sum + (ms < at ? 0 : Math.floor((ms - at) / cycleMs) + 1), 0);
  let [low, high] = [0, Math.max(...free) + cycleMs * Math.ceil(n / allowance)];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (leftBy(middle) >= n) high = middle;
    else low = middle + 1;
  }
  return low;
}
