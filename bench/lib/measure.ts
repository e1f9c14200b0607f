/** p95 of the time to the last byte, in milliseconds, at the given concurrency. */
export async function p95(
  url: string,
  cookie: string,
  { requests = 200, concurrency = 8 } = {},
): Promise<number> {
  const times: number[] = [];
  let next = 0;
  const lane = async () => {
    while (next++ < requests) {
      const started = performance.now();
      const response = await fetch(url, { headers: { cookie }, redirect: "manual" });
      await response.arrayBuffer();
      if (response.status !== 200) throw new Error(`${new URL(url).pathname} answered ${response.status}`);
      times.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  times.sort((a, b) => a - b);
  return times[Math.ceil(times.length * 0.95) - 1] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/**
 * The ratio of two pages, measured in turns in one run so that a noisy machine
 * disturbs both: the median of the rounds' ratios.
 */
export async function ratio(page: string, base: string, cookies: { page: string; base: string }, rounds = 5) {
  await p95(page, cookies.page, { requests: 40 });
  await p95(base, cookies.base, { requests: 40 });
  const all: { page: number; base: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    all.push({ page: await p95(page, cookies.page), base: await p95(base, cookies.base) });
  }
  return {
    ratio: median(all.map((round) => round.page / round.base)),
    detail: `p95 at concurrency 8, median of ${rounds} rounds: ${median(all.map((round) => round.page)).toFixed(1)} ms ÷ ${median(all.map((round) => round.base)).toFixed(1)} ms`,
  };
}
