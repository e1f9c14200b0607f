/** Why a job failed and what helps, by the code that the worker kept of its error; pure. */

export interface FailureWords {
  happened: string;
  todo: string;
}

const again = "Start it again.";
const seeLog = "Look for “job failed” with this job's number in the worker's log, then start it again.";

const words: Record<string, FailureWords> = {
  UPSTREAM: {
    happened: "Another service did not answer: Finch, or the mail server.",
    todo: "Nothing while it is tried again by itself. If it was given up: see that the service answers, then start it again.",
  },
  RATE_LIMITED: {
    happened: "There was no slot of Finch's allowance within the time.",
    todo: "Look at the quota on the fleet page: when the backlog is gone, start it again.",
  },
  INTERNAL: { happened: "Something that should not happen did.", todo: seeLog },
  NOT_FOUND: {
    happened: "What it is about is not there any more.",
    todo: "Usually nothing is lost: the connection or person was deleted meanwhile.",
  },
  CONFLICT: { happened: "Something else changed the same thing at that moment.", todo: again },
  EXPIRED: { happened: "Its time was over.", todo: "Order it anew where it was ordered." },
  FORBIDDEN: {
    happened: "Whoever ordered it may no longer do so.",
    todo: "Nothing: the right was taken away after it was ordered. Somebody who may can order it anew.",
  },
  INVALID: {
    happened: "What it was told does not fit this release.",
    todo: "See that web and worker are of the same release, or one apart; then start it again.",
  },
  ZodError: {
    happened: "What it was told does not fit this release.",
    todo: "See that web and worker are of the same release, or one apart; then start it again.",
  },
  PostgresError: {
    happened: "The database refused a statement, or was not there.",
    todo: "See that the database is up and migrated to this release; its log and the worker's name the statement. Then start it again.",
  },
  DrizzleQueryError: {
    happened: "The database refused a statement, or was not there.",
    todo: "See that the database is up and migrated to this release; its log and the worker's name the statement. Then start it again.",
  },
  LeaseLost: {
    happened: "Another worker had taken the step over.",
    todo: "Nothing: the other worker goes on with it.",
  },
};

const died: FailureWords = {
  happened: "The worker died while it did this.",
  todo: "See under “Workers that died” whether it happens again. One job that kills its worker each time is a fault of Perch: give its number to whoever maintains it. Otherwise start it again.",
};

/** Words for a code; null stands for a worker that died without leaving one. */
export function failureWords(code: string | null): FailureWords {
  if (code === null) return died;
  const known = Object.hasOwn(words, code) ? words[code] : undefined;
  return known ?? { happened: `An unexpected error stopped it (${code}).`, todo: seeLog };
}
