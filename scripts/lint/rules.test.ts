import { RuleTester } from "eslint";
import tseslint from "typescript-eslint";
import { describe, it } from "vitest";
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
  ],
});

tester.run("explained-disable", plugin.rules["explained-disable"], {
  valid: [
    { name: "with its reason", code: `/* eslint-disable no-console -- the terminal is the screen here */` },
  ],
  invalid: [{ name: "without", code: `// eslint-disable-next-line no-console\nx();`, errors: 1 }],
});
