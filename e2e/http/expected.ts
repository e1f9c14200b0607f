import { asPayload, kindOf, type Answer } from "@/e2e/support";
import { permissionOf, type Planted } from "@/lib/domain/rights/world/testing";
import { addressOf } from "./discover";
import { pages, routes } from "./matrix";
import { holds, staffHolds, type HttpWorld, type Subject, type Target } from "./world";

type Door = (typeof pages)[string];

/** What an answer comes down to. */
export type Outcome = "opens" | "does not exist" | "signed out" | `fails: ${string}`;

export function outcomeOf(answer: Answer): Outcome {
  const kind = kindOf(answer);
  const location = answer.headers.get("location") ?? "";
  if (answer.status === 401 || /\/sign-in(\?|$)/.test(location)) return "signed out";
  if (answer.status === 200 && /NEXT_REDIRECT;[a-z]+;\/sign-in/.test(answer.text)) return "signed out";
  if (kind === "does not exist" || answer.status === 403) return "does not exist";
  if (kind === "fails" || answer.status >= 500) return `fails: ${answer.status}`;
  return "opens";
}

/** Whether a door opens for a subject, by the table of permissions and the subject's own roles. */
export function mayOpen(door: Door, subject: Subject, at: Target): boolean {
  const byConnection = door.about === "connection" || door.about === "individual";
  const rights =
    door.about === "whole" ? subject.rights.filter(({ connection }) => connection === null) : subject.rights;
  switch (door.for) {
    case "nobody":
      return true;
    case "session":
      return subject.signedIn;
    case "self":
      return subject.signedIn && subject.self !== null;
    case "employers":
      return subject.signedIn && subject.rights.some(({ customer }) => customer !== null);
    case "platform":
      return staffHolds(subject, door.permission);
    case "employer": {
      const isThere = !byConnection || at.connection >= 0;
      return (
        holds({ ...subject, rights }, door.permission, at, byConnection) ||
        (isThere && staffHolds(subject, door.staff ?? door.permission))
      );
    }
  }
}

export function expectedOutcome(door: Door, subject: Subject, at: Target): Outcome {
  if (mayOpen(door, subject, at)) return "opens";
  return subject.signedIn ? "does not exist" : "signed out";
}

export interface Question {
  title: string;
  subject: Subject;
  target: Target;
  path: string;
  method: string;
  body: string | undefined;
  door: Door;
  isPage: boolean;
}

const isAboutPlace = (pattern: string) => pattern.includes("[customerId]");

/** Every door × every subject × every target that makes a difference. */
export function questionsOf(world: HttpWorld): Question[] {
  const doors = [
    ...Object.entries(pages).map(([pattern, door]) => ({ pattern, method: "GET", door, body: undefined })),
    ...Object.entries(routes).flatMap(([pattern, methods]) =>
      Object.entries(methods).map(([method, door]) => ({ pattern, method, door, body: door.body })),
    ),
  ];
  return doors.flatMap(({ pattern, method, door, body }) =>
    Object.entries(world.targets)
      .filter(([name]) => name === "own" || isAboutPlace(pattern))
      .flatMap(([name, target]) =>
        world.subjects.map((subject): Question => {
          const query = door.query?.(target);
          return {
            title: `${method} ${pattern} for ${subject.name}, ${name}`,
            subject,
            target,
            method,
            door,
            isPage: Object.hasOwn(pages, pattern),
            path: `${addressOf(pattern, { ...target, id: "00000000-0000-4000-8000-000000000000" })}${query ? `?${query}` : ""}`,
            body: body ? JSON.stringify(body(target)) : undefined,
          };
        }),
      ),
  );
}

/** The values that a subject may not read, each of them nobody else's, with what they are. */
export function forbiddenTo(world: HttpWorld, subject: Subject): Planted[] {
  const isStaff = subject.rights.some(({ customer }) => customer === null);
  return world.planted.filter((planted) => {
    const { kind, customer, connection, person } = planted;
    if (person !== null && subject.self === person) return false;
    // Staff know names: break-glass is about a person.
    if (kind === "name" && isStaff) return false;
    if (connection !== null) return !holds(subject, permissionOf[kind], { customer, connection }, true);
    // The audit is of the whole employer: a role for some of its connections does not open it.
    const rights = subject.rights.filter((right) => right.connection === null);
    return !holds({ ...subject, rights }, permissionOf[kind], { customer, connection: -1 }, false);
  });
}

/** HTML, and for pages the payload of a navigation as well. */
export const shapesOf = ({ isPage }: Question) => (isPage ? [{}, asPayload] : [{}]);

/** Runs `work` for each item, some at a time. */
export async function eachOf<T>(
  items: readonly T[],
  work: (item: T) => Promise<void>,
  width = 8,
): Promise<void> {
  const waiting = [...items];
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
    }),
  );
}
