/** How long Finch's people take with a new administrator account. Milliseconds. */
export interface SetupTimes {
  /** Until they have been let in. */
  pendingMs: number;
  /** Until the first data is there. */
  processingMs: number;
}

const dayMs = 86_400_000;

/** Finch: Integration Types, "Configuration Periods": two weeks, from the day that access was given. */
export const slowSetup: SetupTimes = { pendingMs: dayMs, processingMs: 14 * dayMs };
