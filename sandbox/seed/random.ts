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
export class Words {
  private a: number;
  private b: number;
  private c: number;
  private d = 1;

  constructor(text: string) {
    this.a = hash32(`a${text}`);
    this.b = hash32(`b${text}`);
    this.c = hash32(`c${text}`);
    for (let i = 0; i < 8; i++) this.word();
  }

  word(): number {
    const t = (this.a + this.b + this.d) | 0;
    this.d = (this.d + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = ((this.c << 21) | (this.c >>> 11)) + t;
    return t >>> 0;
  }
}

// A class, not closures: tens of thousands are made at once, and closures are made with each of them.
class SeededRandom extends Words implements Random {
  next(): number {
    return this.word() / 4294967296;
  }

  int(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1));
  }

  pick<T>(items: readonly T[]): T {
    return items[this.int(0, items.length - 1)] as T;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  digits(length: number): string {
    let text = "";
    for (let i = 0; i < length; i++) text += String(this.int(0, 9));
    return text;
  }
}

type Parts = readonly (string | number)[];

/** Words for the given parts. */
export const createWords = (...parts: Parts): Words => new Words(parts.join("\u0000"));

/** A deterministic random source for the given parts. */
export const createRandom = (...parts: Parts): Random => new SeededRandom(parts.join("\u0000"));
