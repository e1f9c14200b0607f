import type { Random } from "@/sandbox/seed/random";
import type { Json } from "@/sandbox/testing/finch-schema";

/** Texts that broke something somewhere. */
export const nastyTexts = [
  "",
  " ",
  "null",
  "undefined",
  "NaN",
  "0",
  "-1",
  "1e309",
  "9007199254740993",
  "00000000-0000-0000-0000-000000000000",
  "11111111-1111-4111-8111-111111111111",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "../../etc/passwd",
  "' or 1=1--",
  "<script>alert(1)</script>",
  "${7*7}{{7*7}}",
  "\u0000",
  "\ud800",
  "\u202Egnp.exe",
  "💸".repeat(40),
  "x".repeat(5_000),
  "2026-02-30",
  "0000-00-00",
  "-271821-04-20",
  "+275760-09-13",
  "2026-11-22T10:00:00Z",
  "a,b,,c",
  "[]",
  "{}",
  "true",
];

const numbers = [
  0,
  -0,
  -1,
  1.5,
  1e21,
  -1e308,
  Number.MAX_SAFE_INTEGER,
  Number.MAX_SAFE_INTEGER + 1,
  Number.MIN_SAFE_INTEGER,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  5e-324,
  10_000,
  10_001,
];

function nested(depth: number, leaf: Json): Json {
  let value = leaf;
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

/** Any JSON at all, small ones more often. */
export function garbage(random: Random, depth = 0): Json {
  const leaves: (() => Json)[] = [
    () => null,
    () => random.chance(0.5),
    () => random.pick(numbers),
    () => random.pick(nastyTexts),
    () => random.pick(nastyTexts),
  ];
  const trees: (() => Json)[] = [
    () => Array.from({ length: random.int(0, 4) }, () => garbage(random, depth + 1)),
    () => Object.fromEntries(Array.from({ length: random.int(0, 4) }, () => garbageField(random, depth))),
    () => nested(random.int(10, 400), "leaf"),
    () => Array.from({ length: random.int(0, 300) }, () => random.pick(nastyTexts)),
  ];
  return random.pick(depth < 4 ? [...leaves, ...trees] : leaves)();
}

const garbageField = (random: Random, depth: number): [string, Json] => [
  random.pick([...nastyTexts, "id", "requests", "type"]),
  garbage(random, depth + 1),
];

const places = (value: Json, path: readonly string[] = []): (readonly string[])[] =>
  typeof value === "object" && value !== null
    ? [path, ...Object.entries(value).flatMap(([key, child]) => places(child, [...path, key]))]
    : [path];

/** A copy with one thing in it replaced, taken away, doubled or added. */
export function mutated(random: Random, value: Json): Json {
  const path = random.pick(places(value));
  const change = (node: Json, [step, ...rest]: readonly string[]): Json => {
    if (step === undefined) return grown(random, node);
    if (Array.isArray(node)) {
      const items = node.map((item, place) => (String(place) === step ? change(item, rest) : item));
      return rest.length === 0 && random.chance(0.2) ? [...items, ...items, ...items] : items;
    }
    if (typeof node !== "object" || node === null) return node;
    const entries = Object.entries(node).filter(
      ([key]) => key !== step || rest.length > 0 || random.chance(0.8),
    );
    return Object.fromEntries(entries.map(([key, item]) => [key, key === step ? change(item, rest) : item]));
  };
  return change(value, path);
}

function grown(random: Random, node: Json): Json {
  if (typeof node !== "object" || node === null || Array.isArray(node) || random.chance(0.5))
    return garbage(random);
  return { ...node, [random.pick(["__proto__x", "constructor", "extra"])]: garbage(random) };
}
