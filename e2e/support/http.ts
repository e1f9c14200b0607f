import { runningCopy } from "@/e2e/fixtures/copy";
import { createSession, type SessionOptions } from "./people";

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
}

export interface Asked {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** Asks the running copy without a browser; redirects are answers, not followed, but for the payload's own address. */
export type Client = (path: string, asked?: Asked) => Promise<Answer>;

export function clientWith(cookie: string | null): Client {
  return async (path, { method = "GET", headers = {}, body } = {}) => {
    const ask = (address: string) =>
      fetch(new URL(address, runningCopy().url), {
        method,
        redirect: "manual",
        headers: { ...(cookie ? { cookie } : {}), ...headers },
        ...(body === undefined ? {} : { body }),
      });
    let response = await ask(path);
    const address = response.headers.get("location") ?? "";
    if (headers["RSC"] && /[?&]_rsc/.test(address)) response = await ask(address);
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
}

/** A client that is signed in as the user. */
export async function clientOf(userId: string, session?: SessionOptions): Promise<Client> {
  const { name, value } = await createSession(userId, session);
  return clientWith(`${name}=${value}`);
}

/** The payload that a navigation inside the application fetches instead of HTML. */
export const asPayload: Asked = { headers: { RSC: "1" } };

/** Where a page already streams its frame, that it does not exist is said in the body. */
const notFoundMark = "NEXT_HTTP_ERROR_FALLBACK;404";
/**
 * A part of the page that threw on the server: HTML carries its digest, a payload an error row. What only a browser draws
 * (charts) is none: its digest is empty.
 */
const failureMark = /data-dgst="(?!NEXT_|")|^[0-9a-f]+:E\{"digest":"(?!NEXT_)/m;

/** What an answer says of its address: it opens, it does not exist, or another status and where that leads. */
export function kindOf({ status, headers, text }: Answer): string {
  if (status === 404) return "does not exist";
  if (status === 200 && text.includes(notFoundMark)) return "does not exist";
  if (status === 200) return failureMark.test(text) ? "fails" : "opens";
  return `${status} ${headers.get("location") ?? ""}`.trim();
}
