import { expect, runningCopy, test, type Answer } from "@/e2e/support";
import { actionNames, addressOf, builtActions, type BuiltAction } from "./discover";
import { eachOf, mayOpen } from "./expected";
import { actions } from "./matrix";
import { createHttpWorld, type Subject, type Target } from "./world";

/** SECURITY 7: every server action is a public endpoint, called here as an attacker would, by its id. */

const refusals = new Set(["FORBIDDEN", "NOT_FOUND", "UNAUTHENTICATED"]);

interface Call {
  action: BuiltAction;
  subject: Subject;
  target: Target;
  input: unknown;
  origin?: string | undefined;
}

function call({ action, subject, target, input, origin = runningCopy().url }: Call): Promise<Answer> {
  const path = addressOf(action.page, { ...target, id: "00000000-0000-4000-8000-000000000000" });
  return subject.get(path, {
    method: "POST",
    headers: { "content-type": "text/plain;charset=UTF-8", "next-action": action.id, origin },
    body: JSON.stringify([input]),
  });
}

/** The code of an action's error, "ok", or what else came back. */
function codeOf({ status, text, headers }: Answer): string {
  if (headers.get("x-action-redirect")) return "ok";
  // Without any session the door before the page leads to the sign-in.
  if (status === 307 && headers.get("location")?.includes("/sign-in")) return "UNAUTHENTICATED";
  if (status === 200 && /"ok":true/.test(text)) return "ok";
  const code = /"ok":false,"error":\{[^}]*?"code":"(\w+)"/.exec(text)?.[1];
  return code ?? `status ${status}`;
}

const built = () => builtActions().filter(({ name }) => Object.hasOwn(actions, name));

test("every action of the build is one of the sources, with an entry in the matrix", () => {
  const names = builtActions().map(({ name }) => name);
  expect(names.filter((name) => !actionNames().includes(name))).toEqual([]);
  expect(
    names.filter((name) => !Object.hasOwn(actions, name)),
    "Say in e2e/http/matrix.ts who may",
  ).toEqual([]);
  expect(names.length).toBeGreaterThan(6);
});

test("every action is refused to everybody who may not, at own and foreign employers", async () => {
  test.setTimeout(240_000);
  const world = await createHttpWorld();
  const wrong: string[] = [];
  const asked = built().flatMap((action) =>
    world.subjects.flatMap((subject) =>
      Object.entries(world.targets).map(([place, target]) => ({ action, subject, target, place })),
    ),
  );
  await eachOf(asked, async ({ action, subject, target, place }) => {
    const entry = actions[action.name];
    if (!entry) return;
    const isAboutPlace = entry.for === "employer" || entry.for === "platform";
    if (!isAboutPlace && place !== "own") return;
    const may = mayOpen(entry, subject, target);
    if (may && entry.refusalsOnly) return;
    const code = codeOf(await call({ action, subject, target, input: entry.input(target) }));
    const title = `${action.name} by ${subject.name}, ${place}: ${code}`;
    if (/^(status|INTERNAL)/.test(code) || (may ? false : !refusals.has(code))) wrong.push(title);
    // What does not fit together is missing to those who may, too; all else is not refused to them.
    const expected = entry.mayBeMissing ? code === "NOT_FOUND" : !refusals.has(code);
    if (may && entry.for !== "nobody" && target.connection >= 0 && !expected) wrong.push(`${title}, who may`);
  });
  expect(wrong.sort()).toEqual([]);
  expect(asked.length).toBeGreaterThan(300);
});

/** An administrator, and what is theirs. */
async function createAdmin(): Promise<{ admin: Subject; own: Target }> {
  const { subjects, targets } = await createHttpWorld();
  const admin = subjects.find(({ name }) => name === "admin");
  const { own } = targets;
  if (!admin || !own) throw new Error("The world is not complete.");
  return { admin, own };
}

test("no action takes a field that is not its own", async () => {
  test.setTimeout(120_000);
  const { admin, own } = await createAdmin();
  const wrong: string[] = [];
  await eachOf(built(), async (action) => {
    const input = actions[action.name]?.input(own) ?? {};
    for (const key of ["customerId", "role", "status", "userId", "__proto__x"].filter(
      (name) => !Object.hasOwn(input, name),
    )) {
      const value = key === "customerId" ? own.customerId : "employer_admin";
      const code = codeOf(
        await call({ action, subject: admin, target: own, input: { ...input, [key]: value } }),
      );
      // Optional fields of the schema would be taken: then a wrong value is what is refused.
      if (code !== "INVALID") wrong.push(`${action.name} with ${key}: ${code}`);
    }
    for (const odd of [null, "text", 7, [], { $ACTION_ID: "x" }]) {
      const code = codeOf(await call({ action, subject: admin, target: own, input: odd }));
      if (code !== "INVALID") wrong.push(`${action.name} with ${JSON.stringify(odd)}: ${code}`);
    }
  });
  expect(wrong).toEqual([]);
});

test("no action is obeyed from a page of somebody else's", async () => {
  const { admin, own } = await createAdmin();
  const wrong: string[] = [];
  await eachOf(built(), async (action) => {
    for (const origin of ["https://evil.test", "null", `${runningCopy().url}.evil.test`, ""]) {
      const answer = await call({
        action,
        subject: admin,
        target: own,
        input: actions[action.name]?.input(own),
        origin,
      });
      if (answer.status !== 403) wrong.push(`${action.name} from "${origin}": ${answer.status}`);
    }
  });
  expect(wrong).toEqual([]);
});
