import { Secret } from "@/lib/crypto";
import type { ScrubbedJson } from "./types";

/**
 * Cuts SSNs and bank numbers out of an answer before anything else sees it
 * (SECURITY 17). The plaintexts come back apart, by their path in the answer,
 * wrapped so that they cannot be printed. Texts leave as the database can hold them.
 */

const secretKeys = new Set(["ssn", "encrypted_ssn", "account_number", "routing_number"]);

/** Stands in `raw` for a value that was given and is sealed elsewhere. */
export const sealedMark = "[sealed]";
export const maskedMark = "[masked]";

const replacement = "\ufffd";

/**
 * A text as PostgreSQL can hold it. JSON allows U+0000 and halves of surrogate pairs, PostgreSQL neither: one in a name would
 * end every try to write it.
 */
export function toStorable(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  return whole.includes("\0") ? whole.replaceAll("\0", replacement) : whole;
}

/** Nine digits, grouped 3-2-4 or not, whatever stands between: what an SSN or ITIN looks like in free text. */
const ssnLike =
  /(?<!\d)\d{3}[-\s._/\u2010-\u2015\u2212]{0,3}\d{2}[-\s._/\u2010-\u2015\u2212]{0,3}\d{4}(?!\d)/g;
/** Soft hyphens and zero-width characters, which nobody sees between two digits. */
const invisible = /\p{Cf}/gu;

export interface Scrubbed {
  json: ScrubbedJson;
  /** Path ("responses.3.body.ssn") to plaintext. */
  secrets: ReadonlyMap<string, Secret>;
}

/** Replaces everything in a text that looks like an SSN, full-width digits included; other texts stay as they came. */
export function maskSsnLike(text: string): string {
  const plain = text.normalize("NFKC").replace(invisible, "");
  const masked = plain.replace(ssnLike, maskedMark);
  return masked === plain ? text : masked;
}

/** @param answer parsed JSON. Parts in which nothing is cut or masked are handed on as they are, not copied. */
export function scrub(answer: unknown): Scrubbed {
  const walk = new Walk();
  return { json: walk.value(answer, false), secrets: walk.secrets };
}

/** One pass over an answer. Copies only what changes: statements have millions of values and no secret. */
class Walk {
  readonly secrets = new Map<string, Secret>();
  private readonly path: (string | number)[] = [];

  value(value: unknown, inCustomField: boolean): ScrubbedJson {
    if (Array.isArray(value)) return this.list(value, inCustomField);
    if (typeof value === "object" && value !== null) return this.fields(value, inCustomField);
    if (typeof value === "string") return textOf(value, inCustomField);
    if (typeof value === "number") return inCustomField && looksLikeSsn(value) ? maskedMark : value;
    return typeof value === "boolean" ? value : null;
  }

  private list(list: readonly unknown[], inCustomField: boolean): ScrubbedJson[] {
    let copy: unknown[] | null = null;
    for (let index = 0; index < list.length; index += 1) {
      const item = list[index];
      this.path.push(index);
      const scrubbed = this.value(item, inCustomField);
      this.path.pop();
      if (scrubbed === item) continue;
      copy ??= [...list];
      copy[index] = scrubbed;
    }
    return (copy ?? list) as ScrubbedJson[];
  }

  private fields(object: object, inCustomField: boolean): { [key: string]: ScrubbedJson } {
    let changed = false;
    const entries = Object.entries(object);
    for (const entry of entries) {
      const [key, item] = entry as [string, unknown];
      this.path.push(key);
      const scrubbed = secretKeys.has(key)
        ? this.cut(item)
        : this.value(item, inCustomField || key === "custom_fields");
      this.path.pop();
      const name = textOf(key, inCustomField);
      if (scrubbed === item && name === key) continue;
      changed = true;
      entry[0] = name;
      entry[1] = scrubbed;
    }
    return (changed ? Object.fromEntries(entries) : object) as { [key: string]: ScrubbedJson };
  }

  private cut(value: unknown): ScrubbedJson {
    if (value === null || value === undefined || value === "") return null;
    const secret = new Secret(toStorable(typeof value === "string" ? value : JSON.stringify(value)));
    this.secrets.set(this.path.join("."), secret);
    return sealedMark;
  }
}

function textOf(text: string, inCustomField: boolean): string {
  const storable = toStorable(text);
  return inCustomField ? maskSsnLike(storable) : storable;
}

// A number loses leading zeros, so an SSN in it may be shorter.
const looksLikeSsn = (value: number) =>
  Number.isInteger(value) && Math.abs(value) >= 1e6 && Math.abs(value) < 1e9;
