/**
 * How Node keeps house in a worker. By itself V8 lets the young generation grow with the machine's memory, and a worker
 * that mirrors a large company stood at 500 MB, half of it garbage; so it stands at 250 MB, and is no slower
 * (docs/figures.md). The upper bound is far above what 64 steps at once need. `npm run worker` says the same.
 */
export const workerMemory = ["--max-old-space-size=1024", "--max-semi-space-size=8"];
