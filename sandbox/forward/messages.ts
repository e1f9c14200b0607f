/** A request as it reaches the provider: names of headers in lower case, parameters from route and `params`. */
export interface ProviderRequest {
  method: string;
  path: string;
  params: URLSearchParams;
  headers: Record<string, string>;
  data: string | null;
}

/** What the provider answers; Finch hands it on unread. */
export interface ProviderAnswer {
  statusCode: number;
  headers: Record<string, string>;
  data: string | null;
}

type Json =
  null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json | undefined };
export type JsonObject = { readonly [name: string]: Json | undefined };

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escape = (text: string) => text.replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign);

function toXml(key: string, value: Json | undefined): string {
  if (value === undefined) return "";
  const name = key.replace(/[^\w.-]/g, "_").replace(/^(?![A-Za-z_])/, "_");
  if (value === null) return `<${name}/>`;
  if (Array.isArray(value)) return value.map((item: Json) => toXml(name, item)).join("");
  if (typeof value !== "object") return `<${name}>${escape(String(value))}</${name}>`;
  const inner = Object.entries(value).map(([inside, entry]) => toXml(inside, entry));
  return `<${name}>${inner.join("")}</${name}>`;
}

/** The format that a request asks for; JSON unless its `accept` names XML. */
const wantsXml = (request: ProviderRequest) => /\bxml\b/i.test(request.headers["accept"] ?? "");

/** An answer with a body, in the format that was asked for. */
export function answerWith(request: ProviderRequest, statusCode: number, body: JsonObject): ProviderAnswer {
  const xml = wantsXml(request);
  return {
    statusCode,
    headers: { "content-type": xml ? "application/xml; charset=utf-8" : "application/json" },
    data: xml ? `<?xml version="1.0" encoding="UTF-8"?>${toXml("response", body)}` : JSON.stringify(body),
  };
}

/** A failure in the provider's words. */
export const failWith = (request: ProviderRequest, statusCode: number, message: string): ProviderAnswer =>
  answerWith(request, statusCode, { success: false, error: { code: statusCode, message } });
