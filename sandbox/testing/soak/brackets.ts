import type { Random } from "@/sandbox/seed/random";

/** Brackets in brackets, which is JSON. */
export function nested(depth: number, pair: string): string {
  return pair.slice(0, -1).repeat(depth) + "0" + pair.slice(-1).repeat(depth);
}

/** A body with one value in it replaced by such brackets: where free JSON is taken, only their depth is wrong. */
export function nestedWithin(random: Random, text: string, brackets: string): string {
  const values = /(?<=:)("[^"]*"|-?[\d.]+|true|false|null)/g;
  let left = random.int(0, Math.max(0, (text.match(values)?.length ?? 0) - 1));
  return text.replace(values, (value) => (left-- === 0 ? brackets : value));
}
