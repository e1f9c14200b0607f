import { readFileSync } from "node:fs";
import path from "node:path";
import { EnvError, loadEnv, type Env } from "@/lib/env";
import { outboundOrigins } from "@/lib/outbound";
import { ok, warning, wrong, type Finding } from "./finding";

const isSecret = (name: string) => /(SECRET|TOKEN|KEYS?)$/.test(name);

/** Every variable that .env.example explains: the one list that people read. */
function knownVariables(root: string): string[] {
  const text = readFileSync(path.join(root, ".env.example"), "utf8");
  return [...text.matchAll(/^#?([A-Z][A-Z0-9_]+)=/gm)].map(([, name = ""]) => name);
}

function shown(name: string, value: string | undefined): string {
  if (!value) return "not set";
  if (isSecret(name)) {
    const ids = value.split(",").flatMap((entry) => /^([\w-]+):/.exec(entry)?.[1] ?? []);
    return ids.length > 0 ? `set, ${ids.length === 1 ? "key" : "keys"} ${ids.join(", ")}` : "set";
  }
  if (!URL.canParse(value)) return value;
  const url = new URL(value);
  return url.username || url.password ? `${url.protocol}//${url.username}@${url.host}${url.pathname}` : value;
}

/** Whether one name is the other with a slip of the finger: one letter more, less, other, or two swapped. */
function isSlip(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start += 1;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  return (
    restA.slice(1) === restB.slice(1) ||
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    (restA.slice(2) === restB.slice(2) && restA[0] === restB[1] && restA[1] === restB[0])
  );
}

/** Every variable: what is set, what is wrong, and what looks like a slip. */
export function checkConfiguration(
  root: string,
  source: Readonly<Record<string, string | undefined>>,
): { env: Env | null; findings: Finding[] } {
  const known = knownVariables(root);
  const slips = Object.keys(source).flatMap((name) => {
    const meant = known.includes(name) ? undefined : known.find((each) => isSlip(name, each));
    return meant && !source[meant]
      ? [warning(`${name} means nothing here`, `Perhaps ${meant} was meant.`)]
      : [];
  });
  const table = known.map((name) => `${name} ${shown(name, source[name])}`);
  try {
    const env = loadEnv(source, source["PERCH_MODE"] === "server" ? { needs: ["WORKER_DATABASE_URL"] } : {});
    const hosts = outboundOrigins(env).map(({ origin, why }) => `${origin} (${why})`);
    return {
      env,
      findings: [
        ok(`configuration complete:\n    ${table.join("\n    ")}`),
        ok(
          `calls no hosts but ${[...hosts, env.SMTP_URL ? "the mail server" : ""].filter(Boolean).join(", ")}`,
        ),
        ...slips,
      ],
    };
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    const findings = error.problems.map((problem) => wrong(problem, ".env.example explains every variable."));
    return { env: null, findings: [...findings, ...slips] };
  }
}
