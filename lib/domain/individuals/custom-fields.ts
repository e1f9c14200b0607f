/** A custom field of the provider, ready for the screen. */
export interface CustomFieldView {
  name: string;
  value: string | null;
  /** The value looks like a Social Security number and is not shown to anybody here (DOMAIN case 50). */
  masked: boolean;
}

// Nine digits as people write an SSN: 123-45-6789, 123 45 6789, 123.45.6789, 123456789. Longer runs of digits are other numbers.
const ssnLike = /(?<![\d])\d{3}[-\s.–]?\d{2}[-\s.–]?\d{4}(?![\d])/;

/** Whether a text holds something that could be a Social Security number. */
export function looksLikeSsn(text: string): boolean {
  return ssnLike.test(text.normalize("NFKC"));
}

function toText(value: unknown): string | null {
  if (value === null || value === undefined || value === "") return null;
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (typeof value === "number") return String(value);
  return JSON.stringify(value);
}

/** Finch's custom fields by allow-list; null where the provider sent none. Values may be any JSON. */
export function toCustomFields(raw: unknown): CustomFieldView[] | null {
  if (!Array.isArray(raw)) return null;
  return raw.flatMap((entry: unknown) => {
    if (typeof entry !== "object" || entry === null) return [];
    const name = "name" in entry && typeof entry.name === "string" ? entry.name : "Unnamed field";
    const value = toText("value" in entry ? entry.value : null);
    const masked = value !== null && looksLikeSsn(value);
    return { name: looksLikeSsn(name) ? "Unnamed field" : name, value: masked ? null : value, masked };
  });
}
