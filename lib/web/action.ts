import "server-only";
import { headers } from "next/headers";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import type { ActionResult } from "@/lib/client/action-result";
import { DomainError } from "@/lib/domain/errors";
import { isNextNotFound, toActionError } from "./errors";
import { requireSameOrigin } from "./origin";
import { getSession, renewSessionIfDue, type SessionUser } from "./session";

/**
 * The only door for server actions: every export of a "use server" file is a public endpoint (SECURITY 7). Input is
 * a strict object, the request comes from a page of ours, and errors become values.
 */

interface ActionCaller {
  user: SessionUser;
}

type Verb<Schema extends z.ZodType, Caller, Data> = (
  input: z.output<Schema>,
  caller: Caller,
) => Promise<Data>;

async function run<Schema extends z.ZodType, Caller extends Partial<ActionCaller>, Data>(
  schema: Schema,
  verb: Verb<Schema, Caller, Data>,
  caller: () => Promise<Caller>,
  raw: unknown,
): Promise<ActionResult<Data>> {
  let userId: string | undefined;
  try {
    requireSameOrigin((await headers()).get("origin"));
    // Who asks comes before what is asked: a stranger learns nothing of the input's shape.
    const who = await caller();
    userId = who.user?.id;
    return { ok: true, data: await verb(schema.parse(raw), who) };
  } catch (error) {
    // A redirect is Next's own business; a missing record is told as a value.
    if (!isNextNotFound(error)) unstable_rethrow(error);
    return { ok: false, error: toActionError(error, userId ? { userId } : {}) };
  }
}

async function requireCaller(): Promise<ActionCaller> {
  const session = await getSession();
  if (session) {
    await renewSessionIfDue(session);
    return { user: session.user };
  }
  throw new DomainError("UNAUTHENTICATED", "You are signed out. Sign in again, then repeat this step.");
}

const nobody = () => Promise.resolve({});

/** An action of a signed-in person. `schema` is a `z.strictObject`. */
export function action<Schema extends z.ZodType, Data>(
  schema: Schema,
  verb: Verb<Schema, ActionCaller, Data>,
) {
  return async (input: z.input<Schema>): Promise<ActionResult<Data>> =>
    run(schema, verb, requireCaller, input);
}

/** An action that needs no session: only signing in has one. */
export function publicAction<Schema extends z.ZodType, Data>(
  schema: Schema,
  verb: Verb<Schema, Record<string, never>, Data>,
) {
  return async (input: z.input<Schema>): Promise<ActionResult<Data>> => run(schema, verb, nobody, input);
}
