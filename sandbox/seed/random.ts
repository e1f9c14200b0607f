/** A deterministic random source: the same parts always give the same sequence. */
export interface Random {
  /** A float in [0, 1). */
  next(): number;
  /** An integer, both ends included. */
  int(min: number, max: number): number;
  pick<T>(items: readonly T[]): T;
  chance(probability: number): boolean;
  /** A string of decimal digits. */
  digits(length: number): string;
}

/** Thirty-two bits of a string, well mixed (murmur3's finalizer over FNV-1a). */
export function hash32(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A generator of 32-bit words (sfc32) seeded by text. */
export function createWords(...parts: readonly (string | number)[]): () => number {
  const text = parts.join("\u0000");
  let a = hash32(`a${text}`);
  let b = hash32(`b${text}`);
  let c = hash32(`c${text}`);
  let d = 1;
  const word = () => {
    const t = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    return t >>> 0;
  };
  for (let i = 0; i < 8; i++) word();
  return word;
}

/** A deterministic random source for the given parts. */
export function createRandom(...parts: readonly (string | number)[]): Random {
  const word = createWords(...parts);
  const next = () => word() / 4294967296;
  const int = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));
  return {
    next,
    int,
    pick: (items) => items[int(0, items.length - 1)] as (typeof items)[number],
    chance: (probability) => next() < probability,
    digits: (length) => Array.from({ length }, () => int(0, 9)).join(""),
  };
}
