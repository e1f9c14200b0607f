import { createWords, hash32, type Words } from "@/sandbox/seed/random";

const multiplier = 0x9e3779b1;

/** The inverse of an odd number modulo 2^32, by Newton's method. */
function inverse32(odd: number): number {
  let x = odd;
  for (let i = 0; i < 5; i++) x = Math.imul(x, 2 - Math.imul(odd, x));
  return x;
}

const inverse = inverse32(multiplier);
const hex = (word: number) => (word >>> 0).toString(16).padStart(8, "0");

function format(first: number, words: Words): string {
  const second = hex(words.word());
  const third = hex(words.word());
  const variant = "89ab".charAt(words.word() % 4);
  return `${hex(first)}-${second.slice(0, 4)}-4${second.slice(5, 8)}-${variant}${third.slice(1, 4)}-${third.slice(4)}${hex(words.word())}`;
}

/** A version 4 UUID that depends on nothing but its parts. */
export function stableUuid(...parts: readonly (string | number)[]): string {
  const words = createWords("uuid", ...parts);
  return format(words.word(), words);
}

/**
 * The id of a thing at a place among its kind. The place is folded into the first group,
 * so that an id is found without a table of 25,000 of them.
 */
export function placedUuid(kind: string, key: string, place: number): string {
  const first = (Math.imul(place, multiplier) + hash32(key)) >>> 0;
  return format(first, createWords(kind, key, place));
}

/** The place of an id among `size` of its kind, or null where the id is not one of theirs. */
export function placeOfUuid(kind: string, key: string, id: string, size: number): number | null {
  if (!/^[0-9a-f]{8}-/.test(id)) return null;
  const place = Math.imul((parseInt(id.slice(0, 8), 16) - hash32(key)) | 0, inverse) >>> 0;
  return place < size && placedUuid(kind, key, place) === id ? place : null;
}

/** The id of the individual at a place in a company. */
export const individualId = (companyKey: string, index: number): string =>
  placedUuid("individual", companyKey, index);

/** The place of an individual id in a company, or null where the id is not one of its ids. */
export const indexOfIndividual = (companyKey: string, id: string, size: number): number | null =>
  placeOfUuid("individual", companyKey, id, size);
