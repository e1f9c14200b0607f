import NextAuth, { type AuthOptions } from "next-auth";

interface AuthRequest {
  method: "GET" | "POST";
  cookies: Record<string, string>;
  headers: Record<string, string>;
  query: Record<string, string | string[]>;
  body: Record<string, string>;
}

interface AuthAnswer {
  /** Where next-auth would lead. */
  location: string | null;
  body: unknown;
}

interface AuthOperation {
  path: [action: "session" | "callback", provider?: "email"];
  method: "GET" | "POST";
  cookies: Record<string, string>;
  query?: Record<string, string>;
}

/** The part of a Node response that next-auth's handler uses. */
class Collector {
  location: string | null = null;
  body: unknown = null;

  status(): this {
    return this;
  }
  getHeader(): undefined {
    return undefined;
  }
  setHeader(name: string, value: unknown): this {
    if (name === "Location") this.location = String(value);
    return this;
  }
  removeHeader(): void {}
  json(body: unknown): void {
    this.body = body;
  }
  send(body: unknown): void {
    this.body = body;
  }
  end(): void {}
}

/** Runs one operation of next-auth with its own handler, away from its routes. Cookies are set by the caller. */
export async function runNextAuth(options: AuthOptions, operation: AuthOperation): Promise<AuthAnswer> {
  const handler = NextAuth(options) as (request: AuthRequest, response: Collector) => Promise<void>;
  const response = new Collector();
  await handler(
    {
      method: operation.method,
      cookies: operation.cookies,
      headers: {},
      query: { ...operation.query, nextauth: operation.path.filter((part) => part !== undefined) },
      body: {},
    },
    response,
  );
  return { location: response.location, body: response.body };
}
