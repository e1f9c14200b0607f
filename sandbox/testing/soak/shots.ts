import { createRandom, type Random } from "@/sandbox/seed/random";
import type { Json } from "@/sandbox/testing/finch-schema";
import { nested, nestedWithin } from "@/sandbox/testing/soak/brackets";
import { garbage, mutated, nastyTexts } from "@/sandbox/testing/soak/garbage";
import { officeStops } from "@/sandbox/testing/walk/office";
import type { Facts, Stop } from "@/sandbox/testing/walk/stop";
import { lastStops, stops } from "@/sandbox/testing/walk/stops";

/** One request as it goes over the wire. */
export interface Shot {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Buffer | null;
}

/** What the generator may know: who can ask, what there is to ask for, and every route of the app. */
export interface Targets {
  basic: string;
  companies: readonly { authorization: string; facts: Facts }[];
  routes: readonly { method: string; path: string }[];
}

const parameters = [
  ...[
    "limit",
    "offset",
    "start_date",
    "end_date",
    "entity_ids",
    "entity_ids[]",
    "entity_ids[0]",
    "after",
    "q",
  ],
  ...[
    "individual_id",
    "individual_ids",
    "individual_ids[]",
    "categories",
    "name",
    "type",
    "types",
    "include",
  ],
  ...[
    "pay_frequencies",
    "plan_type",
    "session",
    "state",
    "redirect_uri",
    "client_id",
    "products",
    "__proto__",
  ],
];
const methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "PROPFIND"];
const types = [
  "application/json",
  "application/json; charset=utf-16",
  "text/plain",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "application/octet-stream",
  "",
];
// Orders that make failures, or that take away what the shots aim at, would prove nothing.
const spared = /^\/_sandbox\/(faults|reset|benefit-outcomes|webhooks|clock)/;

const known = [...stops, ...officeStops, ...lastStops];
const isSendable = (text: string) => /^[\x21-\x7e]*$/.test(text);

/** An endless row of requests, wholly decided by the seed. */
export function* shots(seed: string, targets: Targets): Generator<Shot> {
  const random = createRandom("soak", seed);
  for (;;) yield shotOf(random, targets);
}

function shotOf(random: Random, targets: Targets): Shot {
  const roll = random.next();
  if (roll < 0.02) return clockShot(random);
  return roll < 0.75 ? operationShot(random, targets) : routeShot(random, targets);
}

/** Time goes by, so that syncs, jobs and payments happen between requests. */
function clockShot(random: Random): Shot {
  const advance_ms = random.pick([0, 1_000, 60_000, 3_600_000, 86_400_000, 7 * 86_400_000]);
  const body = random.chance(0.9) ? { advance_ms } : { [random.pick(["now", "rate", "frozen"])]: "x" };
  const headers = { "x-sandbox-control": "1", "content-type": "application/json" };
  return { method: "PUT", path: "/_sandbox/clock", headers, body: Buffer.from(JSON.stringify(body)) };
}

/** A good request of the walk, with something wrong in it more often than not. */
function operationShot(random: Random, targets: Targets): Shot {
  const stop: Stop = random.pick(known);
  // What ends a connection is sent rarely, or soon nothing would be left to ask.
  if (lastStops.includes(stop) && random.chance(0.95)) return operationShot(random, targets);
  const [method = "GET", route = "/"] = stop.operation.split(" ");
  const isOffice = officeStops.includes(stop);
  const { facts, authorization } = random.pick(targets.companies);
  const { params = {}, query = {}, body } = stop.send?.(facts) ?? {};
  const some = (name: string) => params[name] || random.pick(Object.values(facts)) || "x";
  const path = route.replace(/\{(\w+)\}/g, (_all, name: string) =>
    encodeURIComponent(random.chance(0.7) ? some(name) : wellFormed(random.pick(nastyTexts))),
  );
  return {
    method: random.chance(0.97) ? method : random.pick(methods),
    path: path + searchOf(random, query, facts),
    headers: headersOf(
      random,
      random.chance(0.9) === isOffice ? targets.basic : authorization,
      body !== undefined,
    ),
    body: method === "GET" && random.chance(0.95) ? null : bodyOf(random, body, facts),
  };
}

/** Any route of the app: the Connect page, the console, control. */
function routeShot(random: Random, targets: Targets): Shot {
  const { method, path } = random.pick(targets.routes);
  if (spared.test(path) && method !== "GET") return operationShot(random, targets);
  const { facts, authorization } = random.pick(targets.companies);
  const filled = path.replace(/:(\w+)(\{[^}]*\})?|\*/g, () =>
    encodeURIComponent(
      random.chance(0.5) ? random.pick(Object.values(facts)) : wellFormed(random.pick(nastyTexts)),
    ),
  );
  const wanted = method === "ALL" ? "GET" : method;
  const headers = headersOf(random, authorization, wanted !== "GET");
  return {
    method: random.chance(0.9) ? wanted : random.pick(methods),
    path:
      (random.chance(0.9) ? filled : filled.slice(0, random.int(1, filled.length))) +
      searchOf(random, {}, facts),
    headers: random.chance(0.9) ? { ...headers, "x-sandbox-control": "1" } : headers,
    body: wanted === "GET" ? null : bodyOf(random, undefined, facts),
  };
}

/** Half of a pair cannot be written in an address. */
const wellFormed = (text: string) => text.replace(/[\ud800-\udfff]/g, "");

function searchOf(random: Random, query: Record<string, string>, facts: Facts): string {
  const entries = Object.entries(query).map(([key, value]): [string, string] => [
    key,
    random.chance(0.8) ? value : random.pick(nastyTexts),
  ]);
  const more = Array.from({ length: random.chance(0.6) ? 0 : random.int(1, 3) }, (): [string, string] => [
    random.pick(parameters),
    random.chance(0.4) ? random.pick(Object.values(facts)) : random.pick(nastyTexts),
  ]);
  const all = [...entries.filter(() => random.chance(0.95)), ...more];
  if (random.chance(0.02)) return "?%E0%A4%A&limit=%&=&&a";
  return all.length === 0 ? "" : `?${new URLSearchParams(all).toString()}`;
}

function headersOf(random: Random, good: string, hasBody: boolean): Record<string, string> {
  const wrong = ["Bearer", "Bearer x", "Basic !!", "Basic eDp5", "Negotiate", "Bearer ".padEnd(4_000, "y")];
  const authorization = random.chance(0.92) ? good : random.pick(wrong);
  const optional: [number, string, string][] = [
    [0.93, "authorization", authorization],
    [hasBody ? 0.9 : 0.1, "content-type", random.chance(0.85) ? "application/json" : random.pick(types)],
    [0.8, "finch-api-version", random.pick(["2020-09-17", "2020-09-17", "1999-01-01", "x"])],
    [0.03, "content-encoding", random.pick(["gzip", "br", "identity"])],
    [0.03, "x-http-method-override", random.pick(methods)],
    [0.03, "x-forwarded-for", "203.0.113.9"],
    [0.03, "accept", random.pick(["text/html", "application/xml", "*/*;q=x"])],
    [0.02, "origin", random.pick(["null", "https://evil.example", "http://localhost:1"])],
    [0.02, "range", "bytes=0-1,5-2"],
    [0.02, "host", random.pick(["evil.example", "localhost:1"])],
    [0.02, "expect", "100-continue"],
  ];
  const kept = optional.filter(
    ([share, , value]) => random.chance(share) && isSendable(value.replaceAll(" ", "")),
  );
  return Object.fromEntries(kept.map(([, name, value]) => [name, value]));
}

function bodyOf(random: Random, good: Json | undefined, facts: Facts): Buffer {
  const json =
    good ?? random.pick<Json>([{}, [], { requests: [{ individual_id: facts["individual"] ?? "" }] }]);
  const roll = random.next();
  if (roll < 0.3) return Buffer.from(JSON.stringify(json));
  if (roll < 0.75) return Buffer.from(JSON.stringify(mutated(random, json)));
  const text = JSON.stringify(json);
  const bodies: (() => Buffer)[] = [
    () => Buffer.from(JSON.stringify(garbage(random))),
    () => Buffer.from(text.slice(0, -1)),
    () => Buffer.from(text, "utf16le"),
    () => Buffer.from(`\ufeff${text}`),
    () => Buffer.from([0xff, 0xfe, 0xc3, 0x28, 0x00, 0x7b]),
    () => Buffer.from(`{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}`),
    () => Buffer.from(text.replace(/\d+/, "1e400")),
    () => Buffer.from(text.replace(/"[^"]*"/, () => '"\\ud800"')),
    () => Buffer.from(random.pick(["[", '{"a":']).repeat(random.int(10, 20_000))),
    () => Buffer.from(nested(random.pick([1_000, 5_000, 30_000]), random.pick(["[]", '{"a":}']))),
    () => Buffer.from(nestedWithin(random, text, nested(random.pick([5_000, 20_000]), "[]"))),
    () => Buffer.from(`{"requests":[${'{"individual_id":"x"},'.repeat(random.int(0, 12_000))}{}]}`),
    () => Buffer.from(`[${"0,".repeat(100_000)}0]`),
    () => Buffer.from(random.pick(nastyTexts)),
    () => Buffer.alloc(0),
    () => Buffer.from(`--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n${text}\r\n--x--`),
    () => Buffer.from(new URLSearchParams({ code: "x", username: "good_user", a: text }).toString()),
  ];
  return random.pick(bodies)();
}
