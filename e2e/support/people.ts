import { randomBytes, randomUUID } from "node:crypto";
import type { BrowserContext } from "@playwright/test";
import { createTestCustomer, createTestUser, type TestUser } from "@/db/seed/factories";
import { runningCopy } from "@/e2e/fixtures/copy";
import { sha256 } from "@/lib/crypto/hash";
import { database } from "./database";

/** An employer of one story, so that stories running beside each other share nothing. */
export interface Employer {
  id: string;
  name: string;
  admin: TestUser;
}

const names = [
  "Larkspur Dental",
  "Tern & Sons",
  "Harbor Bakery",
  "Quill Logistics",
  "Meadow Labs",
  "Osprey Works",
];

export async function createEmployer(): Promise<Employer> {
  const id = randomUUID();
  const name = `${names[id.charCodeAt(0) % names.length] ?? "Employer"} ${id.slice(0, 6)}`;
  await createTestCustomer(database(), { id, name });
  return { id, name, admin: await createPerson(id, "employer_admin") };
}

/** Somebody with one role; the platform's roles take the customer `null`. */
export async function createPerson(
  customerId: string | null,
  role: string,
  more: { connectionId?: string; individualId?: string } = {},
): Promise<TestUser> {
  const email = `${role.replace("_", "-")}-${randomUUID().slice(0, 8)}@story.test`;
  return createTestUser(database(), {
    email,
    name: null,
    role,
    ...(customerId ? { customerId } : {}),
    ...more,
  });
}

export async function findUser(email: string): Promise<{ id: string; email: string }> {
  const [user] = await database()<
    { id: string; email: string }[]
  >`select id, email from users where email = ${email}`;
  if (!user) throw new Error(`Nobody has the address ${email}.`);
  return user;
}

export async function findCustomerId(name: string): Promise<string> {
  const [row] = await database()<{ id: string }[]>`select id from customers where name = ${name}`;
  if (!row) throw new Error(`There is no employer ${name}.`);
  return row.id;
}

export interface SessionOptions {
  /** A second factor was shown in it just now: for stories that are about what comes after. */
  steppedUp?: boolean;
  /** How long ago somebody signed in. */
  minutesAgo?: number;
}

/**
 * A session as a sign-in leaves it. Signing in by mail is the subject of one story; the others start behind it.
 */
export async function createSession(
  userId: string,
  { steppedUp = false, minutesAgo = 0 }: SessionOptions = {},
): Promise<{ name: string; value: string }> {
  const value = randomBytes(32).toString("hex");
  await database()`
    insert into sessions (session_token, user_id, expires, created_at, step_up_at)
    values (${sha256(value)}, ${userId}, now() + interval '30 minutes',
      now() - make_interval(mins => ${minutesAgo}), ${steppedUp ? new Date() : null})`;
  return { name: `perch-session-${new URL(runningCopy().url).port}`, value };
}

export async function signInDirectly(
  context: BrowserContext,
  userId: string,
  options: SessionOptions = {},
): Promise<void> {
  const { name, value } = await createSession(userId, options);
  await context.addCookies([{ name, value, url: runningCopy().url, httpOnly: true, sameSite: "Lax" }]);
}
