import "server-only";
import { cookies } from "next/headers";
import { cookieName, cookieOptions } from "@/lib/auth/cookies";

/**
 * The cookie that binds a state to the browser in which Connect was pressed
 * (SECURITY 5). It holds `state.nonce` of the last few attempts, newest first, so
 * that two tabs do not undo each other; an entry goes when its state is used.
 */

const keptAttempts = 4;
const lifeSeconds = 30 * 60;
const entryPattern = /^[\w-]{43}\.[\w-]{43}$/;

export interface BoundAttempt {
  state: string;
  nonce: string;
}

export function parseBoundAttempts(value: string | undefined): BoundAttempt[] {
  return (value ?? "")
    .split("~")
    .filter((entry) => entryPattern.test(entry))
    .map((entry) => {
      const [state = "", nonce = ""] = entry.split(".");
      return { state, nonce };
    });
}

const format = (attempts: readonly BoundAttempt[]) =>
  attempts
    .slice(0, keptAttempts)
    .map(({ state, nonce }) => `${state}.${nonce}`)
    .join("~");

async function write(attempts: readonly BoundAttempt[]): Promise<void> {
  const maxAge = attempts.length > 0 ? lifeSeconds : 0;
  (await cookies()).set(cookieName("connect"), format(attempts), { ...cookieOptions(), maxAge });
}

/** The attempts that this browser started, newest first. */
export async function readBoundAttempts(): Promise<BoundAttempt[]> {
  return parseBoundAttempts((await cookies()).get(cookieName("connect"))?.value);
}

/** Binds a new attempt to this browser. */
export async function bindAttempt(attempt: BoundAttempt): Promise<void> {
  const { state, nonce } = attempt;
  await write([{ state, nonce }, ...(await readBoundAttempts())]);
}

/** Forgets a state that was used. */
export async function releaseAttempt(state: string): Promise<void> {
  const attempts = await readBoundAttempts();
  if (attempts.some((attempt) => attempt.state === state)) {
    await write(attempts.filter((attempt) => attempt.state !== state));
  }
}
