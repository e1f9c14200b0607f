/** What the page of jobs shows. */

export interface JobKindView {
  job: string;
  label: string;
  due: number;
  later: number;
  held: number;
  running: number;
  retrying: number;
  failed: number;
  /** Since when the oldest that is due waits. */
  oldestDueAt: Date | null;
  oldestStartedAt: Date | null;
}

export interface JobFailureView {
  id: string;
  job: string;
  label: string;
  /** The step, or the mail's template. */
  about: string | null;
  state: "failed" | "retrying";
  attempts: number;
  maxAttempts: number;
  code: string | null;
  happened: string;
  undone: string;
  todo: string;
  failedAt: Date;
  /** When it comes again by itself; null where it was given up. */
  nextAt: Date | null;
  customer: { id: string; name: string } | null;
  connection: { id: string; providerName: string } | null;
  runId: string | null;
}

export interface WorkerView {
  id: string;
  takes: string;
  concurrency: number;
  running: number;
  oldestStartedAt: Date | null;
}

/** A process, with the workers that it is. */
export interface WorkerProcessView {
  process: string;
  alive: boolean;
  startedAt: Date;
  seenAt: Date;
  workers: WorkerView[];
}

export interface ReapView {
  id: string;
  workerId: string;
  process: string;
  takes: string;
  at: Date;
  seenAt: Date | null;
  jobs: number;
  /** "3 × Step of a sync". */
  kinds: string[];
}

export interface ScheduleView {
  id: string;
  label: string;
  lastAt: Date | null;
  nextAt: Date;
}

export interface JobsView {
  kinds: JobKindView[];
  failures: JobFailureView[];
  next: string | null;
  /** The employer of the filter. */
  employer: { id: string; name: string } | null;
  workers: WorkerProcessView[];
  reaps: ReapView[];
  schedules: ScheduleView[];
  mayRetry: boolean;
  now: Date;
}
