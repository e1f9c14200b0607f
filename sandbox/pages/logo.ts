import { html } from "hono/html";

const tones = 12;

/** The initials that stand for a logo. */
export function initialsOf(name: string): string {
  const words = name
    .replace(/[^\p{L}\p{N} ]/gu, " ")
    .split(/\s+/)
    .filter(Boolean);
  const letters =
    words.length > 1 ? `${words[0]?.charAt(0)}${words[1]?.charAt(0)}` : (words[0] ?? "?").slice(0, 2);
  return letters.toUpperCase();
}

/** One of the twelve colors of logos, always the same for an id. */
export function toneOf(id: string): string {
  const sum = [...id].reduce((total, letter) => total + letter.charCodeAt(0), 0);
  return `tone-${sum % tones}`;
}

/** A tile with initials in place of a logo. Decoration: the name stands beside it. */
export function logo(id: string, name: string, size: "small" | "" | "large" = "") {
  return html`<span class="logo ${size} ${toneOf(id)}" aria-hidden="true">${initialsOf(name)}</span>`;
}
