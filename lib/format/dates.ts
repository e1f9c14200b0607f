const plainDate = /^(\d{4})-(\d{2})-(\d{2})$/;

const dayFormat = new Intl.DateTimeFormat("en-US", {
  timeZone: "UTC",
  month: "short",
  day: "numeric",
  year: "numeric",
});
const longDayFormat = new Intl.DateTimeFormat("en-US", {
  timeZone: "UTC",
  weekday: "long",
  month: "long",
  day: "numeric",
  year: "numeric",
});

/**
 * A calendar date (YYYY-MM-DD) as "Mar 4, 2019". It is a day, not an instant: no zone shifts it.
 * A text that is not such a date is shown as it came.
 */
export function formatDate(date: string): string {
  return withPlainDate(date, (day) => dayFormat.format(day));
}

/** A calendar date as "Thursday, November 19, 2026". */
export function formatLongDate(date: string): string {
  return withPlainDate(date, (day) => longDayFormat.format(day));
}

function withPlainDate(date: string, format: (day: Date) => string): string {
  const match = plainDate.exec(date);
  if (!match) return date;
  const [, year, month, day] = match;
  const instant = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const exists = instant.getUTCMonth() === Number(month) - 1 && instant.getUTCDate() === Number(day);
  return exists ? format(instant) : date;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Making a formatter takes a hundred times as long as using it; one is kept for each way and zone (UTC where unknown). */
function formatterOf(
  way: string,
  locale: string,
  zone: string | null | undefined,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${way} ${zone ?? ""}`;
  const kept = formatters.get(key);
  if (kept) return kept;
  let made: Intl.DateTimeFormat;
  try {
    made = new Intl.DateTimeFormat(locale, { ...options, timeZone: zone || "UTC" });
  } catch {
    // Not kept: such names have no end.
    return formatterOf(way, locale, "UTC", options);
  }
  formatters.set(key, made);
  return made;
}

/** The calendar date (YYYY-MM-DD) that an instant falls on in a zone. */
export function dateInZone(instant: Date, zone: string | null): string {
  const options = { year: "numeric", month: "2-digit", day: "2-digit" } as const;
  return formatterOf("day", "en-CA", zone, options).format(instant);
}

export interface InstantOptions {
  /** Names the zone: "Nov 17, 2:08 am EST". Say it once a page. */
  showZone?: boolean;
  /** Adds seconds, for request logs. */
  seconds?: boolean;
  /** Leaves the year out where it is the year of this instant. */
  now?: Date;
}

/**
 * An instant in the employer's zone (IANA name; UTC where unknown) as "Nov 17, 2026, 2:08 am".
 * The spaces are plain, so that server and browser write the same bytes.
 */
export function formatInstant(
  instant: Date | string,
  zone: string | null,
  options: InstantOptions = {},
): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return String(instant);
  const parts = formatterOf(options.seconds ? "instant with seconds" : "instant", "en-US", zone, {
    month: "short",
    day: "numeric",
    year: "numeric",
    hour: "numeric",
    minute: "2-digit",
    second: options.seconds ? "2-digit" : undefined,
    hour12: true,
    timeZoneName: "short",
  }).formatToParts(date);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? "";
  const sameYear = options.now && dateInZone(options.now, zone).slice(0, 4) === part("year");
  const day = `${part("month")} ${part("day")}${sameYear ? "" : `, ${part("year")}`}`;
  const seconds = options.seconds ? `:${part("second")}` : "";
  const time = `${part("hour")}:${part("minute")}${seconds} ${part("dayPeriod").toLowerCase()}`;
  return `${day}, ${time}${options.showZone ? ` ${part("timeZoneName")}` : ""}`;
}

/** The zone's short name at an instant: "EST". */
export function zoneName(instant: Date, zone: string | null): string {
  const parts = formatterOf("zone", "en-US", zone, { timeZoneName: "short" });
  return parts.formatToParts(instant).find((each) => each.type === "timeZoneName")?.value ?? "UTC";
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/**
 * How long ago or from now, in one rounded-down unit: "just now", "2 h ago", "in 22 h".
 * From 7 days on it is a date, because nobody counts back 23 days.
 */
export function formatRelative(instant: Date | string, now: Date, zone: string | null): string {
  const date = new Date(instant);
  const distance = date.getTime() - now.getTime();
  const size = Math.abs(distance);
  if (Number.isNaN(distance)) return String(instant);
  if (size < minuteMs) return distance > 0 ? "in a moment" : "just now";
  if (size >= 7 * dayMs) return shortDay(date, now, zone);
  const text =
    size < hourMs
      ? `${Math.floor(size / minuteMs)} min`
      : size < 2 * dayMs
        ? `${Math.floor(size / hourMs)} h`
        : `${Math.floor(size / dayMs)} days`;
  return distance > 0 ? `in ${text}` : `${text} ago`;
}

function shortDay(date: Date, now: Date, zone: string | null): string {
  const day = formatDate(dateInZone(date, zone));
  const year = `, ${dateInZone(now, zone).slice(0, 4)}`;
  return day.endsWith(year) ? day.slice(0, -year.length) : day;
}

/** A duration in milliseconds as "312 ms", "8.2 s", "4 min", "1 h 5 min". */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < minuteMs) return `${(Math.floor(ms / 100) / 10).toFixed(1)} s`;
  if (ms < hourMs) return `${Math.floor(ms / minuteMs)} min`;
  const minutes = Math.floor((ms % hourMs) / minuteMs);
  return `${Math.floor(ms / hourMs)} h${minutes ? ` ${minutes} min` : ""}`;
}
