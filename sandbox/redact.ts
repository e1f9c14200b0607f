const secretHeaders = new Set([
  "authorization",
  "cookie",
  "proxy-authorization",
  "x-api-key",
  "x-sandbox-key",
]);

/** Fields whose values open something or belong to one person alone, in whichever case they are written. */
const secretFields = new Set([
  "access_token",
  "account_number",
  "api_key",
  "authorization",
  "client_secret",
  "code",
  "connect_url",
  "cookie",
  "encrypted_ssn",
  "password",
  "refresh_token",
  "routing_number",
  "secret",
  "session",
  "session_id",
  "ssn",
  "token",
  "x-api-key",
]);

const redacted = "[redacted]";

/** Social Security numbers also stand where nobody expects them: in custom fields, in notes. */
const withoutSsn = (text: string): string => text.replace(/\b\d{3}[- ]\d{2}[- ]\d{4}\b/g, redacted);

const isSecret = (name: string): boolean => secretFields.has(name.toLowerCase());

/** Flags say only whether something is supported, and `code` is also a status, then it is a number. */
function isSecretField(name: string, value: unknown): boolean {
  if (value === null || value === undefined || typeof value === "boolean" || !isSecret(name)) return false;
  return name !== "code" || typeof value === "string";
}

/** Headers with every secret replaced by its scheme. */
export function redactHeaders(headers: Headers): Record<string, string> {
  const shown: Record<string, string> = {};
  headers.forEach((value, name) => {
    shown[name] = secretHeaders.has(name)
      ? `${/^(?:basic|bearer) /i.exec(value)?.[0] ?? ""}${redacted}`
      : value;
  });
  return shown;
}

/** A query without secrets. */
export function redactQuery(search: string): string {
  const pairs = search.replace(/^\?/, "").split("&");
  const shown = pairs.map((pair) => {
    const name = pair.split("=", 1)[0] ?? "";
    return isSecret(name) ? `${name}=${redacted}` : pair;
  });
  return search === "" ? "" : `?${withoutSsn(shown.join("&"))}`;
}

/**
 * A body as text without secrets, of at most so many characters. It stops there, so that an answer
 * of many megabytes costs no more than a short one.
 */
export function redactBody(body: unknown, maxLength: number): string {
  const text = new Text(maxLength);
  writeValue(text, body);
  return text.toString();
}

class Text {
  private written = "";

  constructor(private readonly max: number) {}

  get isFull(): boolean {
    return this.written.length >= this.max;
  }

  add(part: string): void {
    if (!this.isFull) this.written += part;
  }

  toString(): string {
    return this.isFull ? `${this.written.slice(0, this.max)} …` : this.written;
  }
}

/** What of one text, and of one name, may be looked through. */
const maxString = 20_000;
const maxName = 200;

/** Nobody reads deeper, and a body of brackets alone must not use up the stack. */
const maxDepth = 64;

function writeValue(text: Text, value: unknown, depth = 0): void {
  if (typeof value === "string") text.add(withoutSsn(JSON.stringify(value.slice(0, maxString))));
  else if (typeof value === "object" && value !== null && depth === maxDepth) text.add('"…"');
  else if (Array.isArray(value)) writeList(text, value, depth + 1);
  else if (typeof value === "object" && value !== null) writeFields(text, value, depth + 1);
  else text.add(value === undefined ? "" : JSON.stringify(value));
}

function writeList(text: Text, list: readonly unknown[], depth: number): void {
  text.add("[");
  for (const [place, item] of list.entries()) {
    if (text.isFull) return;
    if (place > 0) text.add(",");
    writeValue(text, item, depth);
  }
  text.add("]");
}

function writeFields(text: Text, value: object, depth: number): void {
  text.add("{");
  let isFirst = true;
  for (const [key, field] of Object.entries(value)) {
    if (text.isFull) return;
    text.add(`${isFirst ? "" : ","}${JSON.stringify(key.slice(0, maxName))}:`);
    isFirst = false;
    if (isSecretField(key, field)) text.add(JSON.stringify(redacted));
    else writeValue(text, field, depth);
  }
  text.add("}");
}
