import { expect, runningCopy, test, type Answer } from "@/e2e/support";
import { modelCovers } from "@/lib/domain/rights/testing";
import { searchOf, type Planted } from "@/lib/domain/rights/world/testing";
import { actionNames, pagePatterns, routeMethods } from "./discover";
import {
  eachOf,
  expectedOutcome,
  forbiddenTo,
  outcomeOf,
  questionsOf,
  shapesOf,
  type Outcome,
  type Question,
} from "./expected";
import { actions, pages, routes } from "./matrix";
import { createHttpWorld, type HttpWorld } from "./world";

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

const plain = ({ text }: Answer) => text.replace(/<!-- -->/g, "");

/** How it went, and every planted value that came back. */
async function ask(
  question: Question,
  search: (text: string) => string[],
): Promise<{ outcome: Outcome; values: Set<string> }> {
  const { subject, path, method, body } = question;
  const outcomes = new Set<Outcome>();
  const values = new Set<string>();
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
    for (const value of search(plain(answer))) values.add(value);
  }
  const [outcome = "fails: nothing"] = outcomes;
  return { outcome: outcomes.size === 1 ? outcome : `fails: ${[...outcomes].join(" and ")}`, values };
}

test("every page and route opens for whom it should and for nobody else, and holds only what they may read", async () => {
  test.setTimeout(600_000);
  const world = await createHttpWorld();
  // Whoever writes a page asks for its rows alone: PERCH_MATRIX="/team".
  const only = process.env["PERCH_MATRIX"] ?? "";
  const questions = questionsOf(world).filter(
    ({ title, method, path }) => title.includes(only) && `${method} ${path}` !== "POST /api/auth/sign-out",
  );
  const wrong: string[] = [];
  const search = searchOf(world.planted.map(({ value }) => value));
  const forbidden = new Map(world.subjects.map((subject) => [subject, forbiddenTo(world, subject)]));
  const seen = new Set<string>();
  await eachOf(questions, async (question) => {
    const { outcome, values } = await ask(question, search);
    if (question.subject.name === "admin") for (const value of values) seen.add(value);
    const leaks = forbidden.get(question.subject)?.filter(({ value }) => values.has(value)) ?? [];
    const wanted = wantedOf(question);
    if (!wanted.includes(outcome))
      wrong.push(`${question.title}: ${outcome} instead of ${wanted.join(" or ")}`);
    if (leaks.length > 0)
      wrong.push(`${question.title}: holds ${leaks.map(({ what, value }) => `${what} ${value}`).join(", ")}`);
  });
  expect(wrong.sort()).toEqual([]);
  // What is searched for is really shown to whoever may read it.
  const unseen = shownToAdmin(world).filter(({ value }) => !seen.has(value));
  if (!only) expect(unseen.map(({ what, value }) => `${what} ${value}`)).toEqual([]);
  expect(questions.length).toBeGreaterThan(only ? 0 : 500);
});

/** What the pages of the targets show an administrator: one person of each connection, and the employer. */
function shownToAdmin({ planted, targets }: HttpWorld): Planted[] {
  const opened = new Set(Object.values(targets).map(({ individualId }) => individualId));
  return planted.filter(
    ({ customer, person }) => customer === 0 && (person === null || opened.has(person.individualId)),
  );
}

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
  const kindsFor = (name: string) => {
    const subject = world.subjects.find((each) => each.name === name);
    if (!subject) throw new Error("nobody");
    const own = forbiddenTo(world, subject).filter(({ customer }) => customer === 0);
    return [...new Set(own.map(({ kind }) => kind))].sort();
  };
  expect(kindsFor("admin")).toEqual([]);
  expect(kindsFor("payroll")).toEqual(["audit", "bank", "ssn", "traits"]);
  expect(kindsFor("hr")).toEqual(["audit", "bank", "document", "income", "pay", "ssn", "traits"]);
  expect(kindsFor("staff")).not.toContain("name");
  expect(kindsFor("nobody")).toHaveLength(11);
  const [admin] = world.subjects;
  const foreign = world.planted.filter(({ customer }) => customer === 1);
  expect(admin && forbiddenTo(world, admin)).toEqual(foreign);
  expect(modelCovers([], 0, 0)).toBe(false);
});
