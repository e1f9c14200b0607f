import { runningCopy } from "@/e2e/fixtures/copy";
import { createSession } from "./people";

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

/** Asks the running copy without a browser; redirects are answers, not followed. */
export type Client = (path: string, asked?: Asked) => Promise<Answer>;

export function clientWith(cookie: string | null): Client {
  return async (path, { method = "GET", headers = {}, body } = {}) => {
    const response = await fetch(new URL(path, runningCopy().url), {
      method,
      redirect: "manual",
      headers: { ...(cookie ? { cookie } : {}), ...headers },
      ...(body === undefined ? {} : { body }),
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
}

/** A client that is signed in as the user. */
export async function clientOf(userId: string): Promise<Client> {
  const { name, value } = await createSession(userId);
  return clientWith(`${name}=${value}`);
}

/** The payload that a navigation inside the application fetches instead of HTML. */
export const asPayload: Asked = { headers: { RSC: "1" } };
