/** When a schedule of lib/jobs/schedules.ts comes next; pure. */

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

type Field = readonly number[] | null;

// A star, "17", "7,37" or a star by 5: null stands for every value.
function readField(text: string, limit: number): Field {
  if (text === "*") return null;
  const step = /^\*\/(\d+)$/.exec(text)?.[1];
  const values = step
    ? Array.from({ length: Math.ceil(limit / Number(step)) }, (_, at) => at * Number(step))
    : text.split(",").map(Number);
  if (values.some((value) => !Number.isInteger(value) || value < 0 || value >= limit))
    throw new TypeError(`A schedule has "${text}", which is not understood`);
  return values;
}

/**
 * The first minute after an instant that a schedule names, in UTC. Minutes and hours only: no schedule of ours asks for
 * more.
 * @throws TypeError where it does
 */
export function nextRun(match: string, after: Date): Date {
  const [minute = "", hour = "", ...rest] = match.split(" ");
  if (rest.length !== 3 || rest.some((field) => field !== "*"))
    throw new TypeError(`The schedule "${match}" is not understood`);
  const [minutes, hours] = [readField(minute, 60), readField(hour, 24)];
  const fits = (values: Field, value: number) => values === null || values.includes(value);
  let at = Math.floor(after.getTime() / minuteMs) * minuteMs + minuteMs;
  // Hours that do not fit are passed in one step: at most a day of them, then an hour of minutes.
  for (;;) {
    const date = new Date(at);
    if (!fits(hours, date.getUTCHours())) at = Math.floor(at / hourMs) * hourMs + hourMs;
    else if (fits(minutes, date.getUTCMinutes())) return date;
    else at += minuteMs;
  }
}
