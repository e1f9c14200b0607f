import { html } from "hono/html";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const units: [ms: number, name: string][] = [
  [day, "d"],
  [hour, "h"],
  [minute, "min"],
  [1_000, "s"],
];

/** "2 h ago", "in 3 d"; seconds are the smallest. */
export function relative(at: number, now: number): string {
  const distance = Math.abs(at - now);
  if (distance < 1_000) return "now";
  const [ms, name] = units.find(([size]) => distance >= size) ?? [1_000, "s"];
  const text = `${Math.floor(distance / ms)} ${name}`;
  return at < now ? `${text} ago` : `in ${text}`;
}

/** "Nov 22, 2026, 09:14:22", in UTC like everything that Finch says. */
export function absolute(at: number): string {
  return new Date(at).toLocaleString("en-US", {
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
    timeZone: "UTC",
  });
}

/** "09:14:22", for rows of one day. */
export const clockTime = (iso: string): string => iso.slice(11, 19);

/** A time as one reads it, with the exact one behind it. */
export function when(iso: string | null, now: number, none = "never") {
  if (iso === null) return html`<span class="none">${none}</span>`;
  const at = Date.parse(iso);
  return html`<time datetime="${iso}" title="${absolute(at)} UTC">${relative(at, now)}</time>`;
}

export const count = (value: number): string => value.toLocaleString("en-US");

export const counted = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`;

/** A query as a person reads it; one that cannot be decoded stays as it was sent. */
export function readable(query: string): string {
  try {
    return decodeURIComponent(query);
  } catch {
    return query;
  }
}

/** JSON to be read; what is no JSON (it was cut) stays as it is. */
export function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
