import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import http from "node:http";
import { atMost, measured, type Figure } from "@/bench/lib/figure";
import { median } from "@/bench/lib/measure";

const people = 25_000;
const payments = 60;
const control = { "x-sandbox-control": "1", "content-type": "application/json" };

interface Started {
  child: ChildProcess;
  url: string;
  seconds: number;
}

/** The sandbox as `npm run sandbox` starts it, and how long it took to say that it is ready. */
async function start(): Promise<Started> {
  const startedAt = performance.now();
  const options = ["--port", "0", "--job-delay", "0", "--rate-limits=off"];
  const main = ["--import", "tsx", "--import", "./scripts/fast-imports.mjs", "sandbox/main.ts"];
  const child = spawn(process.execPath, [...main, ...options], {
    env: { ...process.env, DATA_DIR: "" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await new Promise<string>((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      const found = /ready on (http:\S+)/.exec(text)?.[1];
      if (found) resolve(found);
    });
    child.on("exit", (code) => reject(new Error(`The sandbox ended with ${code}`)));
  });
  return { child, url, seconds: (performance.now() - startedAt) / 1_000 };
}

async function stop({ child }: Started): Promise<void> {
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await ended;
}

/** Resident memory of a process, in megabytes. */
const memoryOf = ({ child }: Started): number =>
  Number(execFileSync("ps", ["-o", "rss=", "-p", String(child.pid)], { encoding: "utf8" })) / 1_024;

async function call<T>(url: string, init: RequestInit = {}): Promise<T> {
  const response = await fetch(url, init);
  if (response.status !== 200) throw new Error(`${new URL(url).pathname} answered ${response.status}`);
  return (await response.json()) as T;
}

interface Company {
  access_token: string;
  seconds: number;
}

async function createCompany({ url }: Started, size: number): Promise<Company> {
  const startedAt = performance.now();
  const body = JSON.stringify({ provider_id: "gusto", people: size, payments });
  const init = { method: "POST", headers: control, body };
  const { access_token } = await call<{ access_token: string }>(`${url}/_sandbox/companies`, init);
  return { access_token, seconds: (performance.now() - startedAt) / 1_000 };
}

/** Reads a company as a first sync does: everybody, every payment, and all statements of the last one. */
async function readAll(
  { url }: Started,
  { access_token }: Company,
): Promise<{ ids: string[]; last: string }> {
  const headers = { authorization: `Bearer ${access_token}`, "content-type": "application/json" };
  const ids: string[] = [];
  for (let offset = 0; offset < people; offset += 10_000) {
    const page = await call<{ individuals: { id: string }[] }>(
      `${url}/employer/directory?limit=10000&offset=${offset}`,
      { headers },
    );
    ids.push(...page.individuals.map(({ id }) => id));
  }
  for (let place = 0; place < ids.length; place += 5_000) {
    const requests = ids.slice(place, place + 5_000).map((individual_id) => ({ individual_id }));
    const init = { method: "POST", headers, body: JSON.stringify({ requests }) };
    for (const kind of ["individual", "employment"]) await call(`${url}/employer/${kind}`, init);
  }
  const all = await call<{ id: string }[]>(
    `${url}/employer/payment?start_date=2020-01-01&end_date=2100-01-01`,
    { headers },
  );
  const last = all.at(-1)?.id ?? "";
  for (let offset = 0; offset < people; offset += 5_000) {
    const body = JSON.stringify({ requests: [{ payment_id: last, limit: 5_000, offset }] });
    await call(`${url}/employer/pay-statement`, { method: "POST", headers, body });
  }
  for (const { id } of all) {
    const body = JSON.stringify({ requests: [{ payment_id: id, limit: 100 }] });
    await call(`${url}/employer/pay-statement`, { method: "POST", headers, body });
  }
  return { ids, last };
}

interface Load {
  method: "GET" | "POST";
  path: string;
  body?: string;
}

/** Answers in a second, with eight requests at a time over connections that stay open. */
async function perSecond(
  { url }: Started,
  { access_token }: Company,
  load: Load,
  seconds = 5,
): Promise<number> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 8 });
  const headers = { authorization: `Bearer ${access_token}`, "content-type": "application/json" };
  const one = () =>
    new Promise<void>((resolve, reject) => {
      const request = http.request(url + load.path, { method: load.method, headers, agent }, (response) => {
        if (response.statusCode !== 200) reject(new Error(`${load.path} answered ${response.statusCode}`));
        response.resume().on("end", resolve);
      });
      request.on("error", reject).end(load.body);
    });
  const until = async (end: number) => {
    let answers = 0;
    const lane = async () => {
      while (performance.now() < end) {
        await one();
        answers += 1;
      }
    };
    await Promise.all(Array.from({ length: 8 }, lane));
    return answers;
  };
  await until(performance.now() + 1_000);
  const startedAt = performance.now();
  const answers = await until(startedAt + seconds * 1_000);
  const rate = answers / ((performance.now() - startedAt) / 1_000);
  agent.destroy();
  return rate;
}

async function rates(sandbox: Started, company: Company, last: string): Promise<Figure[]> {
  const payStatement = (limit: number): Load => ({
    method: "POST",
    path: "/employer/pay-statement",
    body: JSON.stringify({ requests: [{ payment_id: last, limit }] }),
  });
  const rate = async (name: string, load: Load, detail: string) =>
    measured(`sandbox.${name}`, await perSecond(sandbox, company, load), `requests per second, ${detail}`);
  const ofMany = `of ${people.toLocaleString("en")} people`;
  return [
    await rate("directory", { method: "GET", path: "/employer/directory" }, `100 ${ofMany}`),
    await rate("pay-statement", payStatement(100), `100 statements of one payment ${ofMany}`),
  ];
}

/** Start, the largest company and what it costs, and how many requests are answered in a second. */
export async function sandboxFigures(): Promise<Figure[]> {
  const starts: number[] = [];
  for (let n = 0; n < 5; n++) {
    const once = await start();
    starts.push(once.seconds);
    await stop(once);
  }
  const sandbox = await start();
  try {
    const empty = memoryOf(sandbox);
    const company = await createCompany(sandbox, people);
    const { ids, last } = await readAll(sandbox, company);
    const detail = `MB after reading ${ids.length} people, ${payments} payments and ${people + payments * 100} statements; ${Math.round(empty)} MB empty`;
    return [
      atMost("sandbox.start", median(starts), 1, "seconds to ready, median of 5 starts"),
      atMost("sandbox.create", company.seconds, 2, `seconds for ${people} people and ${payments} payments`),
      atMost("sandbox.memory", memoryOf(sandbox), 1_024, detail),
      ...(await rates(sandbox, company, last)),
    ];
  } finally {
    await stop(sandbox);
  }
}
