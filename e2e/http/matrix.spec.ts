import { expect, runningCopy, test, type Answer } from "@/e2e/support";
import { modelCovers, permissionOf, type PersonClass } from "@/lib/domain/rights/testing";
import { actionNames, pagePatterns, routeMethods } from "./discover";
import {
  eachOf,
  expectedOutcome,
  outcomeOf,
  questionsOf,
  shapesOf,
  type Outcome,
  type Question,
} from "./expected";
import { actions, pages, routes } from "./matrix";
import { createHttpWorld, holds, type HttpWorld, type Subject } from "./world";

/** SECURITY 6: every page and route × everybody × own and foreign employers and connections. */

const where = "Say in e2e/http/matrix.ts who may: ";

test("every page, method and action has an entry in the matrix, and every entry is there", () => {
  const missing = (found: string[], declared: string[]) => found.filter((name) => !declared.includes(name));
  const found = {
    pages: pagePatterns(),
    methods: Object.entries(routeMethods()).flatMap(([path, methods]) =>
      methods.map((method) => `${method} ${path}`),
    ),
    actions: actionNames(),
  };
  const declared = {
    pages: Object.keys(pages),
    methods: Object.entries(routes).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    ),
    actions: Object.keys(actions),
  };
  expect(found.pages.length).toBeGreaterThan(15);
  expect(found.actions.length).toBeGreaterThan(8);
  for (const kind of ["pages", "methods", "actions"] as const) {
    expect.soft(missing(found[kind], declared[kind]), `${where}${kind} without an entry`).toEqual([]);
    expect.soft(missing(declared[kind], found[kind]), `${kind} that are no more`).toEqual([]);
  }
});

/** The values of people whom a subject may not read, each of them nobody else's. */
function forbidden(world: HttpWorld, subject: Subject): [string, string][] {
  return world.people.flatMap((person) =>
    (Object.entries(person.values) as [PersonClass, string][]).flatMap(
      ([kind, value]): [string, string][] => {
        const at = { customer: person.customer, connection: person.connection };
        if (subject.self === person || holds(subject, permissionOf[kind], at, true)) return [];
        // Staff know names: break-glass is about a person.
        if (kind === "name" && subject.rights.some(({ customer }) => customer === null)) return [];
        return [[value, `${kind} of ${person.values.name}`]];
      },
    ),
  );
}

const plain = ({ text }: Answer) => text.replace(/<!-- -->/g, "").replace(/(\d),(\d{3})(?=\D)/g, "$1$2");

/** Amounts stand in cents in payloads and in dollars on the page. */
const shapes = (value: string) => (/^\d{7}$/.test(value) ? [value, value.slice(0, -2)] : [value]);

async function ask(world: HttpWorld, question: Question): Promise<{ outcome: Outcome; leaks: string[] }> {
  const { subject, path, method, body } = question;
  const outcomes = new Set<Outcome>();
  const leaks: string[] = [];
  for (const shape of shapesOf(question)) {
    const answer = await subject.get(path, {
      method,
      ...(body === undefined ? {} : { body }),
      headers: {
        ...(method === "GET" ? {} : { origin: runningCopy().url, "content-type": "application/json" }),
        ...("headers" in shape ? shape.headers : {}),
      },
    });
    outcomes.add(outcomeOf(answer));
    const text = plain(answer);
    for (const [value, what] of forbidden(world, subject))
      if (shapes(value).some((each) => new RegExp(`(?<![\\w-])${each}(?![\\w-])`).test(text)))
        leaks.push(what);
  }
  const [outcome = "fails: nothing"] = outcomes;
  return { outcome: outcomes.size === 1 ? outcome : `fails: ${[...outcomes].join(" and ")}`, leaks };
}

test("every page and route opens for whom it should and for nobody else, and holds only what they may read", async () => {
  test.setTimeout(240_000);
  const world = await createHttpWorld();
  // Whoever writes a page asks for its rows alone: PERCH_MATRIX="/team".
  const only = process.env["PERCH_MATRIX"] ?? "";
  const questions = questionsOf(world).filter(
    ({ title, method, path }) => title.includes(only) && `${method} ${path}` !== "POST /api/auth/sign-out",
  );
  const wrong: string[] = [];
  await eachOf(questions, async (question) => {
    const { outcome, leaks } = await ask(world, question);
    const wanted = wantedOf(question);
    if (!wanted.includes(outcome))
      wrong.push(`${question.title}: ${outcome} instead of ${wanted.join(" or ")}`);
    if (leaks.length > 0) wrong.push(`${question.title}: holds ${leaks.join(", ")}`);
  });
  expect(wrong.sort()).toEqual([]);
  expect(questions.length).toBeGreaterThan(only ? 0 : 500);
});

/** Pages of everybody may say that this very thing is not there; so may an own page of what is somebody else's. */
function wantedOf({ door, subject, target }: Question): Outcome[] {
  const wanted = expectedOutcome(door, subject, target);
  if (door.for === "nobody") return ["opens", "does not exist", "signed out"];
  if (door.for === "employers" && wanted === "does not exist") return ["opens", "does not exist"];
  return wanted === "opens" && door.mayBeMissing ? ["opens", "does not exist"] : [wanted];
}

test("a method that a route does not have changes nothing and answers 405", async () => {
  const world = await createHttpWorld();
  const admin = world.subjects.find(({ name }) => name === "admin");
  const known = routeMethods();
  const wrong: string[] = [];
  const asked = questionsOf(world).filter(
    ({ subject, target }) => subject === admin && target === world.targets["own"],
  );
  const paths = new Map(asked.map(({ path, title }) => [title.split(" ")[1] ?? "", path]));
  for (const [pattern, methods] of Object.entries(known)) {
    for (const method of ["POST", "PUT", "PATCH", "DELETE"].filter((name) => !methods.includes(name))) {
      const headers = { origin: runningCopy().url, "content-type": "application/json" };
      const answer = await admin?.get(paths.get(pattern) ?? pattern, { method, headers, body: "{}" });
      if (answer?.status !== 405) wrong.push(`${method} ${pattern}: ${answer?.status}`);
    }
    for (const method of methods.filter((name) => name !== "GET" && name !== "HEAD")) {
      for (const origin of ["https://evil.test", "null", `${runningCopy().url}.evil.test`, undefined]) {
        const headers = { "content-type": "application/json", ...(origin ? { origin } : {}) };
        const answer = await admin?.get(paths.get(pattern) ?? pattern, { method, headers, body: "{}" });
        if (answer?.status !== 403) wrong.push(`${method} ${pattern} from ${origin}: ${answer?.status}`);
      }
    }
  }
  expect(wrong).toEqual([]);
});

test("the model of the tests itself knows the difference between own and foreign", async () => {
  const world = await createHttpWorld();
  const [admin] = world.subjects;
  if (!admin) throw new Error("nobody");
  expect(forbidden(world, admin)).toHaveLength(4 * 5);
  expect(modelCovers([], 0, 0)).toBe(false);
});
