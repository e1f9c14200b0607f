import { raw } from "hono/html";

/** Drawings of 16 by 16, by one line of the current color. Decoration: the word beside it says the same. */
const shapes = {
  arrow: '<path d="M10 3L5 8l5 5"/>',
  cross: '<path d="M3.5 3.5l9 9m0-9l-9 9"/>',
  check: '<path d="M3 8.5l3.2 3.2L13 4.8"/>',
  search: '<circle cx="7" cy="7" r="4.5"/><path d="M10.5 10.5L14 14"/>',
  chevron: '<path d="M6 4l4 4-4 4"/>',
  lock: '<rect x="3" y="7" width="10" height="6.5" rx="1.5"/><path d="M5.2 7V5a2.8 2.8 0 015.6 0v2"/>',
  eye: '<path d="M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8z"/><circle cx="8" cy="8" r="2"/>',
  pencil: '<path d="M3 13l.7-3L10.5 3.2l2.3 2.3L6 12.3z"/>',
  clock: '<circle cx="8" cy="8" r="6"/><path d="M8 4.5V8l2.5 1.6"/>',
  person: '<circle cx="8" cy="5.4" r="2.6"/><path d="M3 13.5c.5-2.8 2.4-4 5-4s4.5 1.2 5 4"/>',
  plug: '<path d="M6 2v3M10 2v3M4.2 5h7.6v2.8a3.8 3.8 0 01-7.6 0zM8 11.6V14"/>',
  list: '<path d="M5.5 4h8M5.5 8h8M5.5 12h8M2.5 4h.01M2.5 8h.01M2.5 12h.01"/>',
  send: '<path d="M14 2L7 9M14 2L9.5 14 7 9 2 6.5z"/>',
  bolt: '<path d="M9 1.8L3.5 9H8l-1 5.2L12.5 7H8z"/>',
  book: '<path d="M8 4.2C6.8 3.2 5 2.8 2.5 2.8v9.4c2.5 0 4.3.4 5.5 1.4 1.2-1 3-1.4 5.5-1.4V2.8C11 2.8 9.2 3.2 8 4.2zm0 0v9.2"/>',
  flask: '<path d="M6 2h4M7 2v4l-3.6 6.3A1.2 1.2 0 004.5 14h7a1.2 1.2 0 001.1-1.7L9 6V2"/>',
  refresh: '<path d="M13.5 8A5.5 5.5 0 114 4.2M4 1.8v2.6h2.6" transform="translate(16 0) scale(-1 1)"/>',
  copy: '<rect x="5.5" y="5.5" width="8" height="8" rx="1.5"/><path d="M3.5 10.5h-.2A1.3 1.3 0 012 9.2V3.3A1.3 1.3 0 013.3 2h5.9a1.3 1.3 0 011.3 1.3v.2"/>',
  menu: '<path d="M2.5 4h11M2.5 8h11M2.5 12h11"/>',
  pause: '<path d="M5.5 3.5v9M10.5 3.5v9"/>',
  play: '<path d="M5 3.2v9.6L12.5 8z"/>',
} as const;

export type IconName = keyof typeof shapes;

export function icon(name: IconName, size = 16) {
  return raw(
    `<svg class="i" viewBox="0 0 16 16" width="${size}" height="${size}" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${shapes[name]}</svg>`,
  );
}
