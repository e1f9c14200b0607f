import http from "node:http";
import type { RunningSandbox } from "@/sandbox/server";
import { shots, type Shot } from "@/sandbox/testing/soak/shots";
import { setTargets } from "@/sandbox/testing/soak/targets";

export interface Bombardment {
  sent: number;
  /** Answers by status; 0 where the connection was closed instead. */
  statuses: Record<string, number>;
  slowestMs: number;
  findings: string[];
}

interface Got {
  status: number;
  text: string;
  ms: number;
}

/** Longer than any request may take. */
const hangMs = 5_000;
// In JSON a line break is written as two characters.
const trace =
  /(\\n|\n)\s+at [^\n]{0,200}:\d+:\d+|node_modules\/|"stack":|(Type|Reference|Range|Syntax|Zod)Error/;

/** What is wrong with an answer, in words; null where nothing is. */
export function judge(got: Got): string | null {
  // 501 is Finch's word for what a provider lacks.
  if (got.status >= 500 && got.status !== 501) return `status ${got.status}`;
  if (got.ms > hangMs) return `${Math.round(got.ms)} ms`;
  if (got.status === 0) return `no answer: ${got.text}`;
  const found = trace.exec(got.text);
  return found ? `text like a stack trace: ${found[0].trim().slice(0, 80)}` : null;
}

function send(
  sandbox: RunningSandbox,
  { method, path, headers, body }: Shot,
  agent: http.Agent,
): Promise<Got> {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const done = (status: number, text: string) =>
      resolve({ status, text, ms: performance.now() - startedAt });
    const options = { hostname: "127.0.0.1", port: sandbox.port, method, path, agent, timeout: 30_000 };
    const length = body ? { "content-length": String(body.length) } : {};
    const request = http.request({ ...options, headers: { ...headers, ...length } }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("close", () => done(response.statusCode ?? 0, Buffer.concat(chunks).toString("utf8")));
    });
    request.on("error", (error) => done(0, error.message));
    request.on("timeout", () => request.destroy());
    request.end(body ?? undefined);
  });
}

const summary = ({ method, path, headers, body }: Shot) =>
  `${method} ${path.slice(0, 160)} ${JSON.stringify(headers).slice(0, 240)} ${body?.subarray(0, 160).toString("utf8") ?? ""}`;

interface Options {
  count: number;
  seed: number;
  /** Requests at a time. */
  width?: number;
  onProgress?: (sent: number) => void;
}

/** Some of the requests end connections; after so many there are new ones. */
const perRound = 500;

/** Sends many random requests, several at a time, and says of each answer what may not be in one. */
export async function bombard(
  sandbox: RunningSandbox,
  { count, seed, width = 6, onProgress }: Options,
): Promise<Bombardment> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: width });
  const result: Bombardment = { sent: 0, statuses: {}, slowestMs: 0, findings: [] };
  while (result.sent < count) {
    const end = Math.min(count, result.sent + perRound);
    const row = shots(`${seed}/${result.sent}`, await setTargets(sandbox));
    const lane = async () => {
      while (result.sent < end) {
        const number = ++result.sent;
        const shot = row.next().value;
        if (shot) note(result, number, shot, await send(sandbox, shot, agent));
      }
    };
    await Promise.all(Array.from({ length: width }, lane));
    onProgress?.(result.sent);
  }
  agent.destroy();
  if ("polluted" in {}) result.findings.push("Object.prototype was written to");
  const alive = await fetch(`${sandbox.url}/providers`, { signal: AbortSignal.timeout(hangMs) }).catch(
    () => null,
  );
  if (alive?.status !== 200) result.findings.push("the sandbox does not answer any more");
  return result;
}

function note(result: Bombardment, number: number, shot: Shot, got: Got): void {
  result.statuses[got.status] = (result.statuses[got.status] ?? 0) + 1;
  result.slowestMs = Math.max(result.slowestMs, Math.round(got.ms));
  const wrong = judge(got);
  if (wrong) result.findings.push(`#${number} ${wrong}: ${summary(shot)}`);
}
