import "server-only";
import type { Person } from "@/lib/domain/second-factor/person";
import { requireSession } from "./session";

/** The signed-in person at their own account, with what their session proved. */
export async function requirePerson(): Promise<Person> {
  const { user, session } = await requireSession();
  const { id, method, createdAt, steppedUpAt } = session;
  return {
    userId: user.id,
    email: user.email,
    name: user.name,
    session: { id, method, createdAt, steppedUpAt },
  };
}
