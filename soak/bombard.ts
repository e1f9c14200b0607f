import http from "node:http";
import { pick, randomOf } from "./random";
import { randomRequest, send, sendBroken, type Aim, type Got, type Sent, type Visitor } from "./requests";

/** Sends many random requests and says of each answer what may not be in one. */

export interface Bombardment {
  sent: number;
  /** Answers by their status; 0 where the connection was closed instead. */
  statuses: Record<string, number>;
  findings: string[];
}

const traces = [
  /\n\s+at [^\n]{0,200}\(?[^\s()]+:\d+:\d+\)?/,
  /node_modules\//,
  /PostgresError|DrizzleQueryError|ZodError|TypeError:|ReferenceError:|SyntaxError:/,
  /"stack":/,
  /select .{1,200} from "?(users|sessions|individuals|connections)"?/i,
];

/** A nonce or the name of a built file may happen to contain a short value: it counts where it stands alone. */
const holds = (text: string, value: string): boolean =>
  text.includes(value) && new RegExp(`(?<![\\w-])${RegExp.escape(value)}(?![\\w-])`).test(text);

/** What is wrong with an answer, in words; null where nothing is. */
export function judge(got: Got, visitor: Visitor, path: string): string | null {
  // Not ready is what this address is there to say.
  const isReadiness = got.status === 503 && path.startsWith("/api/health/ready");
  if (got.status >= 500 && !isReadiness) return `status ${got.status}`;
  const trace = traces.find((pattern) => pattern.test(got.text));
  if (trace) return `text like ${trace.source.slice(0, 30)}: ${trace.exec(got.text)?.[0].slice(0, 120)}`;
  const leaked = visitor.forbidden.find((value) => holds(got.text, value));
  return leaked === undefined ? null : `the value ${leaked}, which ${visitor.name} may not see`;
}

const summary = ({ method, path, headers, body }: Sent) =>
  `${method} ${path.slice(0, 120)} ${JSON.stringify({ ...headers, cookie: undefined }).slice(0, 300)} ${body?.subarray(0, 80).toString("latin1") ?? ""}`;

interface Options {
  count: number;
  seed: number;
  /** Called now and then with how many were sent. */
  onProgress?: (sent: number) => void;
  /** Requests at a time. */
  width?: number;
}

export async function bombard(
  aim: Aim,
  { count, seed, onProgress, width = 6 }: Options,
): Promise<Bombardment> {
  const random = randomOf(seed);
  const agent = new http.Agent({ keepAlive: true, maxSockets: width });
  const result: Bombardment = { sent: 0, statuses: {}, findings: [] };
  const note = (got: Got | null) => {
    const status = String(got?.status ?? 0);
    result.statuses[status] = (result.statuses[status] ?? 0) + 1;
  };
  const one = async () => {
    const visitor = pick(random, aim.visitors);
    if (random() < 0.02) {
      const got = await sendBroken(random, aim.url);
      note(got);
      const wrong = got && judge(got, { name: "nobody", cookie: null, forbidden: [] }, "");
      if (wrong && got.status !== 505) result.findings.push(`${wrong}: broken HTTP`);
      return;
    }
    const sent = randomRequest(random, aim, visitor.cookie);
    const got = await send(aim.url, sent, agent);
    note(got);
    if (!got) return;
    const wrong = judge(got, visitor, sent.path);
    if (wrong) result.findings.push(`${wrong}: ${visitor.name} ${summary(sent)}`);
    if (got.headers["clear-site-data"] && visitor.renew) visitor.cookie = await visitor.renew();
  };
  const lane = async () => {
    while (result.sent < count) {
      result.sent += 1;
      await one();
      if (result.sent % 250 === 0) onProgress?.(result.sent);
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  const alive = await send(aim.url, { method: "GET", path: "/api/health", headers: {}, body: null }, agent);
  if (alive?.status !== 200) result.findings.push(`the server does not answer any more: ${alive?.status}`);
  agent.destroy();
  return result;
}
