import type { HttpBindings } from "@hono/node-server";
import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import type { Sandbox } from "@/sandbox/app";
import type { Json } from "@/sandbox/testing/finch-schema";
import { nobody } from "@/sandbox/testing/walk/stop";
import type { Heard, Hearer } from "@/sandbox/testing/walk/judge";

export interface Sending {
  operation: string;
  note: string;
  /** Values for the path's `{names}`; a missing one stays as it is. */
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: Json;
  /** The body as it is sent, for what is no JSON. */
  text?: string;
  headers?: Record<string, string>;
  authorization?: string | null;
}

const methodOf = (operation: string) => operation.split(" ")[0] ?? "GET";

function addressOf({ operation, params = {}, query = {} }: Sending): string {
  const route = operation.split(" ")[1] ?? "/";
  const path = route.replace(/\{(\w+)\}/g, (_all, name: string) =>
    encodeURIComponent(params[name] || nobody),
  );
  const search = new URLSearchParams(query).toString();
  return `http://127.0.0.1${path}${search === "" ? "" : `?${search}`}`;
}

/** Sends requests to a sandbox in this process, without a socket, and has every answer judged. */
export class Walker {
  constructor(
    private readonly sandbox: Sandbox,
    readonly judge: Hearer,
    private readonly authorization: string | null,
    /** Said in every problem: which connection it was. */
    private readonly name: string,
    /** What a server would know of the socket; nothing for requests inside the process. */
    private readonly env: Partial<HttpBindings> = {},
  ) {}

  /** The same requests as from an address. */
  from(address: string): Walker {
    const socket = new Socket();
    Object.defineProperty(socket, "remoteAddress", { value: address });
    const env = { incoming: new IncomingMessage(socket) };
    return new Walker(this.sandbox, this.judge, this.authorization, `${this.name}, from ${address}`, env);
  }

  async send(sending: Sending): Promise<Heard> {
    const { operation, note, body, text = body === undefined ? null : JSON.stringify(body) } = sending;
    const authorization = sending.authorization === undefined ? this.authorization : sending.authorization;
    const request = {
      method: methodOf(operation),
      headers: {
        ...(authorization === null ? {} : { Authorization: authorization }),
        ...(text === null ? {} : { "Content-Type": "application/json" }),
        "Finch-API-Version": "2020-09-17",
        ...sending.headers,
      },
      ...(text === null ? {} : { body: text }),
    };
    const response = await this.sandbox.app.request(addressOf(sending), request, this.env);
    const answer = await response.text();
    const heard: Heard = {
      operation,
      note: `${this.name}: ${note}`,
      status: response.status,
      headers: response.headers,
      body: parsed(answer),
    };
    this.judge.hear(heard);
    return heard;
  }

  /** Sends what has a status that is known before. */
  async expect(wanted: number | readonly number[], sending: Sending): Promise<Heard> {
    const heard = await this.send(sending);
    const statuses = typeof wanted === "number" ? [wanted] : wanted;
    if (!statuses.includes(heard.status)) this.judge.add(heard, `is not ${statuses.join(" or ")}`);
    return heard;
  }
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
