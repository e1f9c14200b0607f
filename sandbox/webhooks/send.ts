import { Agent, request as requestHttp, type RequestOptions } from "node:http";
import { Agent as SecureAgent, request as requestHttps } from "node:https";
import { checkedLookup, targetProblem } from "@/sandbox/webhooks/targets";

/** How long a receiver may take to answer. Milliseconds. */
const patienceMs = 15_000;
const maxAnswerBytes = 64 * 1024;

export interface Message {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** Sends a message and answers the status. @throws where there is no answer */
export type Send = (message: Message) => Promise<number>;

/** Sends over HTTP, keeping connections open between messages. Redirects are answers like others. */
export class HttpSender {
  private readonly agents = {
    "http:": new Agent({ keepAlive: true }),
    "https:": new SecureAgent({ keepAlive: true }),
  };
  private closed = false;

  constructor(private readonly allowedHosts: readonly string[]) {}

  send: Send = async (message) => {
    // Numbers are not looked up, and an endpoint that is kept may have been allowed at another start only.
    const problem = targetProblem(message.url, this.allowedHosts);
    if (problem !== null) throw new Error(`${message.url} ${problem}`);
    try {
      return await this.once(message);
    } catch (error) {
      // The receiver had closed the kept connection: that is no failed delivery.
      if (error instanceof StaleConnection && !this.closed) return this.once(message);
      throw error;
    }
  };

  private once({ url, headers, body }: Message): Promise<number> {
    const target = new URL(url);
    const secure = target.protocol === "https:";
    const options: RequestOptions = {
      method: "POST",
      headers: { ...headers, "Content-Length": String(Buffer.byteLength(body)) },
      agent: secure ? this.agents["https:"] : this.agents["http:"],
      lookup: checkedLookup(url, this.allowedHosts),
      signal: AbortSignal.timeout(patienceMs),
    };
    return new Promise((resolve, reject) => {
      const call = (secure ? requestHttps : requestHttp)(target, options, (answer) => {
        let bytes = 0;
        answer.on("data", (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes > maxAnswerBytes) answer.destroy();
        });
        answer.on("error", () => undefined);
        answer.on("close", () => resolve(answer.statusCode ?? 0));
      });
      call.on("error", (error: NodeJS.ErrnoException) => {
        const isStale = call.reusedSocket && (error.code === "ECONNRESET" || error.code === "EPIPE");
        reject(isStale ? new StaleConnection() : error);
      });
      call.end(body);
    });
  }

  close(): void {
    this.closed = true;
    this.agents["http:"].destroy();
    this.agents["https:"].destroy();
  }
}

class StaleConnection extends Error {}
