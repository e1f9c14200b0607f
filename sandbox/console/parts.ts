import { html, raw } from "hono/html";
import { count } from "@/sandbox/console/format";
import { icon } from "@/sandbox/pages/icons";

export type Html = ReturnType<typeof html>;

export type Tone = "healthy" | "attention" | "failing" | "waiting" | "neutral";

const shapes: Record<Tone, string> = {
  healthy:
    '<circle cx="6" cy="6" r="6" fill="currentColor"/><path d="M3.2 6.2l2 2 3.6-4" stroke="var(--surface)"/>',
  attention:
    '<path d="M6 .6l5.8 10.4H.2z" fill="currentColor"/><path d="M6 4.4v2.8M6 9v.1" stroke="var(--surface)"/>',
  failing:
    '<path d="M3.6.2h4.8l3.4 3.4v4.8l-3.4 3.4H3.6L.2 8.4V3.6z" fill="currentColor"/><path d="M4 4l4 4m0-4L4 8" stroke="var(--surface)"/>',
  waiting: '<circle cx="6" cy="6" r="5" stroke="currentColor" stroke-dasharray="22 10"/>',
  neutral: '<circle cx="6" cy="6" r="5" stroke="currentColor" stroke-dasharray="2.6 2.6"/>',
};

/** A status by shape, word and color. */
export function chip(tone: Tone, word: string): Html {
  return html`<span class="chip ${tone}"
    >${raw(
      `<svg class="s" viewBox="0 0 12 12" width="12" height="12" fill="none" stroke-width="1.5" stroke-linecap="round" aria-hidden="true">${shapes[tone]}</svg>`,
    )}${word}</span
  >`;
}

/** An id, shortened for the eye, whole for the clipboard. */
export function copyable(value: string, label: string, shown = value): Html {
  return html`<span class="copyable"
    ><code title="${value}">${shown}</code
    ><button class="icon-button" type="button" data-copy="${value}" aria-label="Copy ${label}">
      ${icon("copy", 14)}
    </button></span
  >`;
}

export const shortId = (id: string): string => (id.length > 13 ? `${id.slice(0, 8)}…${id.slice(-4)}` : id);

/** An address of this page. Empty values are left out. */
export function address(params: Record<string, string | number | null | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value !== null && value !== undefined && value !== "") query.set(name, String(value));
  }
  return `/?${query.toString()}`;
}

/** A button that does something at once. */
export function action(
  label: string,
  post: string,
  body: object,
  more: { class?: string; method?: string; name?: string; done?: string } = {},
): Html {
  return html`<button
    class="button ${more.class ?? ""}"
    type="button"
    data-post="${post}"
    data-method="${more.method ?? "POST"}"
    data-body="${JSON.stringify(body)}"
    ${more.name ? raw(`aria-label="${escapeAttribute(more.name)}"`) : ""}
    ${more.done ? raw(`data-done="${escapeAttribute(more.done)}"`) : ""}
  >
    ${label}
  </button>`;
}

export const escapeAttribute = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");

/** A head with what belongs to it at the right. */
export function sectionHead(title: string, note: Html | string = "", right: Html | string = ""): Html {
  return html`<header class="section-head">
    <h2>${title}</h2>
    <p>${note}</p>
    <div class="push">${right}</div>
  </header>`;
}

export function pageHead(title: string, sub: Html | string, right: Html | string = ""): Html {
  return html`<header class="page-head">
    <div>
      <h1 tabindex="-1">${title}</h1>
      <p class="sub">${sub}</p>
    </div>
    <div class="actions">${right}</div>
  </header>`;
}

export function empty(title: string, text: Html | string, act: Html | string = ""): Html {
  return html`<div class="empty">
    <p class="empty-title">${title}</p>
    <p>${text}</p>
    ${act}
  </div>`;
}

/** "51 to 100 of 25,000", with the way to the neighbours. */
export function pager(
  shown: { offset: number; limit: number; length: number; total: number },
  link: (offset: number) => string,
  what: string,
): Html | string {
  const { offset, limit, length, total } = shown;
  if (total <= limit && offset === 0) return "";
  const end = Math.min(offset + length, total);
  const last = Math.floor((total - 1) / limit) * limit;
  const step = (label: string, to: number, possible: boolean) =>
    possible
      ? html`<a class="button small" href="${link(to)}">${label}</a>`
      : html`<span class="button small off" aria-disabled="true">${label}</span>`;
  return html`<nav class="pager" aria-label="Pages of ${what}">
    <p>${length === 0 ? "Nothing" : `${count(offset + 1)} to ${count(end)}`} of ${count(total)}</p>
    ${step("First", 0, offset > 0)} ${step("Previous", Math.max(0, offset - limit), offset > 0)}
    ${step("Next", offset + limit, end < total)} ${step("Last", last, end < total)}
  </nav>`;
}

/** A block of text to be read or copied. */
export function codeBlock(text: string, label: string): Html {
  return html`<div class="code">
    <pre tabindex="0" role="region" aria-label="${label}"><code>${text}</code></pre>
    <button class="button small" type="button" data-copy="${text}" aria-label="Copy ${label}">Copy</button>
  </div>`;
}

/** A table that scrolls in its own box. */
export function scroller(label: string, table: Html): Html {
  return html`<div class="scroll" role="region" aria-label="${label}" tabindex="0">${table}</div>`;
}
