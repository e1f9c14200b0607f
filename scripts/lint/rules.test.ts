import { ESLint, RuleTester } from "eslint";
import tseslint from "typescript-eslint";
import { describe, expect, it } from "vitest";
import { root } from "@/scripts/lib/local-environment";
import plugin from "./rules.mjs";

RuleTester.describe = describe;
RuleTester.it = it;

const tester = new RuleTester({ languageOptions: { parser: tseslint.parser } });

tester.run("guarded-actions", plugin.rules["guarded-actions"], {
  valid: [
    {
      name: "a guarded action",
      filename: "app/x/actions.ts",
      code: `export const save = action(Input, run);`,
    },
    { name: "a type", filename: "app/x/actions.ts", code: `export type Result = string;` },
    { name: "types of another module", filename: "app/x/actions.ts", code: `export type * from "x";` },
    { name: "a helper elsewhere", filename: "app/x/helper.ts", code: `export function help() {}` },
  ],
  invalid: [
    {
      name: "a plain function",
      filename: "app/x/actions.ts",
      code: `export async function save() {}`,
      errors: 1,
    },
    {
      name: "a function that looks guarded from outside",
      filename: "app/x/actions.ts",
      code: `const save = async () => action(Input, run); export { save };`,
      errors: 1,
    },
    {
      name: "a server module of another name",
      filename: "app/x/mutations.ts",
      code: `"use server"; export const save = run;`,
      errors: 1,
    },
    { name: "a default export", filename: "app/x/actions.ts", code: `export default run;`, errors: 1 },
    {
      name: "a server module outside of app",
      filename: "components/team/mutations.ts",
      code: `"use server"; export async function save() {}`,
      errors: 1,
    },
    {
      name: "everything of another module",
      filename: "app/x/actions.ts",
      code: `export * from "x"; export * as more from "y";`,
      errors: 2,
    },
    {
      name: "what is taken apart",
      filename: "app/x/actions.ts",
      code: `export const { save, rest: [remove] } = action(Input, run);`,
      errors: 2,
    },
    {
      name: "a plain function in JavaScript",
      filename: "app/x/actions.js",
      code: `export function save() {}`,
      errors: 1,
    },
  ],
});

tester.run("guarded-routes", plugin.rules["guarded-routes"], {
  valid: [
    {
      name: "a guarded method",
      filename: "app/api/x/route.ts",
      code: `export const GET = route(options, run);`,
    },
    { name: "a setting", filename: "app/api/x/route.ts", code: `export const dynamic = "force-dynamic";` },
    { name: "another name", filename: "app/api/x/route.ts", code: `export * as helpers from "x";` },
  ],
  invalid: [
    {
      name: "a plain method",
      filename: "app/api/x/route.ts",
      code: `export async function POST() {}`,
      errors: 1,
    },
    {
      name: "a method from elsewhere",
      filename: "app/api/x/route.ts",
      code: `export { handler as GET } from "x";`,
      errors: 1,
    },
    {
      name: "one guarded method of two",
      filename: "app/api/x/route.ts",
      code: `export const GET = route(options, run); export const POST = run;`,
      errors: 1,
    },
    {
      name: "everything of another module",
      filename: "app/api/x/route.ts",
      code: `export * from "x";`,
      errors: 1,
    },
    {
      name: "methods taken apart",
      filename: "app/api/x/route.ts",
      code: `export const { GET, POST } = route(options, run);`,
      errors: 2,
    },
    {
      name: "a method by a quoted name",
      filename: "app/api/x/route.ts",
      code: `export { handler as "GET" } from "x";`,
      errors: 1,
    },
    {
      name: "a plain method in JavaScript",
      filename: "app/api/x/route.js",
      code: `export function POST() {}`,
      errors: 1,
    },
  ],
});

tester.run("explained-disable", plugin.rules["explained-disable"], {
  valid: [
    { name: "with its reason", code: `/* eslint-disable no-console -- the terminal is the screen here */` },
  ],
  invalid: [{ name: "without", code: `// eslint-disable-next-line no-console\nx();`, errors: 1 }],
});

describe("the rules of the doors", () => {
  const rulesOf = async (file: string) => {
    const config = (await new ESLint({ cwd: root }).calculateConfigForFile(file)) as {
      rules: Record<string, [severity: number]>;
    };
    const rules = ["guarded-actions", "guarded-routes", "no-inline-actions", "strict-input"];
    return rules.filter((name) => config.rules[`perch/${name}`]?.[0] === 2);
  };

  it.each(["app/x/actions.ts", "app/api/x/route.ts", "app/api/x/route.js"])(
    "all hold in %s",
    async (file) => {
      expect(await rulesOf(file)).toHaveLength(4);
    },
  );

  it.each(["components/x/save.ts", "components/x/form.jsx", "lib/domain/x/save.ts", "lib/web/x.ts"])(
    "but those of routes hold in %s",
    async (file) => {
      expect(await rulesOf(file)).toEqual(["guarded-actions", "no-inline-actions", "strict-input"]);
    },
  );
});
