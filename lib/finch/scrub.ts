import { Secret } from "@/lib/crypto";
import type { ScrubbedJson } from "./types";

/**
 * Cuts SSNs and bank numbers out of an answer before anything else sees it
 * (SECURITY 17). The plaintexts come back apart, by their path in the answer,
 * wrapped so that they cannot be printed.
 */

const secretKeys = new Set(["ssn", "encrypted_ssn", "account_number", "routing_number"]);

/** Stands in `raw` for a value that was given and is sealed elsewhere. */
export const sealedMark = "[sealed]";
export const maskedMark = "[masked]";

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

export function scrub(answer: unknown): Scrubbed {
  const secrets = new Map<string, Secret>();
  return { json: walk(answer, "", false, secrets), secrets };
}

function walk(
  value: unknown,
  path: string,
  inCustomField: boolean,
  secrets: Map<string, Secret>,
): ScrubbedJson {
  if (Array.isArray(value)) {
    return value.map((item, index) => walk(item, join(path, String(index)), inCustomField, secrets));
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => [
      inCustomField ? maskSsnLike(key) : key,
      secretKeys.has(key)
        ? cut(item, join(path, key), secrets)
        : walk(item, join(path, key), inCustomField || key === "custom_fields", secrets),
    ]);
    return Object.fromEntries(entries) as { [key: string]: ScrubbedJson };
  }
  if (typeof value === "string") return inCustomField ? maskSsnLike(value) : value;
  if (typeof value === "number") return inCustomField && looksLikeSsn(value) ? maskedMark : value;
  return typeof value === "boolean" ? value : null;
}

function cut(value: unknown, path: string, secrets: Map<string, Secret>): ScrubbedJson {
  if (value === null || value === undefined || value === "") return null;
  secrets.set(path, new Secret(typeof value === "string" ? value : JSON.stringify(value)));
  return sealedMark;
}

// A number loses leading zeros, so an SSN in it may be shorter.
const looksLikeSsn = (value: number) =>
  Number.isInteger(value) && Math.abs(value) >= 1e6 && Math.abs(value) < 1e9;

const join = (path: string, key: string) => (path === "" ? key : `${path}.${key}`);
