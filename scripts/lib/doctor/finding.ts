import { dim, green, red, yellow } from "../terminal";

/** What the doctor says about one thing. Nothing in it may be a secret; the report takes those out once more. */
export interface Finding {
  state: "ok" | "warning" | "wrong";
  what: string;
  /** How to mend it. */
  mend?: string;
}

export const ok = (what: string): Finding => ({ state: "ok", what });
export const warning = (what: string, mend: string): Finding => ({ state: "warning", what, mend });
export const wrong = (what: string, mend: string): Finding => ({ state: "wrong", what, mend });

/** Runs a check; one that fails by itself is a finding and not the end of the others. */
export async function check(name: string, run: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await run();
  } catch (error) {
    return [
      wrong(
        `${name} could not be checked: ${wordsOf(error)}`,
        "Mend what is named above first, then ask again.",
      ),
    ];
  }
}

/** The words of a driver's or system's error, without the query that it quotes. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown reason";
  const cause = error.cause instanceof Error ? wordsOf(error.cause) : "";
  const code: unknown = Reflect.get(error, "code");
  const words = error.message.startsWith("Failed query") ? cause : error.message;
  return words || (typeof code === "string" ? code : "") || cause || error.name;
}

/** Takes every secret of the environment out of a text, wherever an error may have put it. */
export function redactor(source: Readonly<Record<string, string | undefined>>): (text: string) => string {
  const secrets = new Set<string>();
  for (const [name, value] of Object.entries(source)) {
    if (!value) continue;
    if (/(SECRET|TOKEN|KEYS?)$/.test(name)) {
      secrets.add(value);
      for (const entry of value.split(",")) secrets.add(entry.slice(entry.indexOf(":") + 1));
    }
    if (/_URL$/.test(name) && URL.canParse(value)) {
      const { password } = new URL(value);
      secrets.add(password).add(decodeURIComponent(password));
    }
  }
  const sorted = [...secrets].filter((secret) => secret.length >= 6).sort((a, b) => b.length - a.length);
  return (text) => sorted.reduce((rest, secret) => rest.replaceAll(secret, "***"), text);
}

const marks = { ok: green("✓"), warning: yellow("!"), wrong: red("✗") };

export function printFindings(findings: readonly Finding[], redact: (text: string) => string): void {
  for (const { state, what, mend } of findings)
    console.log(`${marks[state]} ${redact(what)}${mend ? `\n  ${dim(redact(mend))}` : ""}`);
}
