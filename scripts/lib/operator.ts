/**
 * Commands that change who is who: they run through the same verbs as the screens, as the installation itself, with
 * web's login, and are audited.
 */
import { parseArgs, type ParseArgsOptionsConfig } from "node:util";
import { ZodError } from "zod";
import { closeDatabase, configureDatabase } from "@/db/client";
import { roleContext, type Context } from "@/lib/domain/context";
import { DomainError } from "@/lib/domain/errors";
import { env, EnvError } from "@/lib/env";
import { withEnvironment } from "./command-environment";
import { columns, dim, green } from "./terminal";
import { UserError } from "./user-error";

interface Arguments {
  positionals: string[];
  values: Record<string, string | undefined>;
}

/** Reads arguments. @throws UserError with the usage, where they are not as many as `names`, or unknown */
export function readArguments(
  args: string[],
  usage: { command: string; names: string[]; options?: string[] },
): Arguments {
  const { command, names, options = [] } = usage;
  const shown = [...names.map((name) => `<${name}>`), ...options.map((option) => `[--${option} …]`)].join(
    " ",
  );
  const help = `Usage: npm run perch -- ${command} ${shown}`;
  const config: ParseArgsOptionsConfig = Object.fromEntries(
    options.map((option) => [option, { type: "string" as const }]),
  );
  try {
    const { positionals, values } = parseArgs({
      args,
      options: config,
      allowPositionals: true,
      strict: true,
    });
    if (positionals.length !== names.length) throw new UserError(help);
    const given = Object.entries(values).map(([name, value]) => [name, String(value)]);
    return { positionals, values: Object.fromEntries(given) as Record<string, string> };
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${(error as Error).message}\n\n${help}`);
  }
}

/** Runs `work` as the installation, with all rights of a staff administrator. @throws UserError */
export function asOperator(command: string, work: (ctx: Context) => Promise<void>): Promise<number> {
  const ctx = roleContext({
    actor: { kind: "system", name: `perch ${command}` },
    scope: { kind: "platform" },
    role: "staff_admin",
  });
  return withEnvironment(async () => {
    try {
      await configureDatabase({ url: env().DATABASE_URL, max: 2 });
      await work(ctx);
      return 0;
    } catch (error) {
      throw readable(error);
    } finally {
      await closeDatabase();
    }
  });
}

/** Only sentences that are meant for people: a database's own message quotes what was written. */
function readable(error: unknown): unknown {
  if (error instanceof DomainError || error instanceof EnvError) return new UserError(error.message);
  if (error instanceof ZodError) return new UserError(error.issues.map(({ message }) => message).join("\n"));
  const cause: unknown = error instanceof Error ? (error.cause ?? error) : error;
  const code: unknown = cause instanceof Error ? Reflect.get(cause, "code") : undefined;
  if (typeof code !== "string") return error;
  return new UserError(
    `The database did not do it (${code}). npm run perch -- doctor says what is wrong and how to mend it.`,
  );
}

/** What was done, in one sentence, and the ids below it. */
export function report(sentence: string, facts: Record<string, string>, note?: string): void {
  const rows = Object.entries(facts).map(([name, value]) => [`  ${dim(name)}`, value]);
  console.log([`${green("✓")} ${sentence}`, ...columns(rows), ...(note ? [dim(note)] : [])].join("\n"));
}
