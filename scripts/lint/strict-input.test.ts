import { RuleTester } from "eslint";
import tseslint from "typescript-eslint";
import { describe, it } from "vitest";
import { noInlineActions, strictInput } from "./strict-input.mjs";

RuleTester.describe = describe;
RuleTester.it = it;

const tester = new RuleTester({ languageOptions: { parser: tseslint.parser } });

tester.run("strict-input", strictInput, {
  valid: [
    { name: "a strict object", code: `export const save = action(z.strictObject({ a: z.string() }), run);` },
    {
      name: "one that is made longer",
      code: `const at = z.strictObject({}); action(at.extend(SaveInput.shape), run);`,
    },
    {
      name: "one of the domain, by its name",
      code: `import { SaveInput } from "x"; action(SaveInput.extend(at), run);`,
    },
    { name: "a route without input", code: `export const GET = route({ route: "/x" }, run);` },
    {
      name: "a route with a strict query",
      code: `const Q = z.strictObject({}); export const GET = route({ schema: Q }, run);`,
    },
    {
      name: "a query of the domain, by its name",
      code: `import { PageQuery as Q } from "x"; action(Q, run);`,
    },
    {
      name: "a choice with the name of an input",
      code: `export const SortInput = z.enum(["a"]).optional();`,
    },
    {
      name: "an input made of a strict one",
      code: `import { SaveInput } from "x"; const at = z.strictObject({}); export const A_Input = at.extend({}), MoreInput = SaveInput.extend({});`,
    },
    {
      name: "what is read from the database",
      code: `const entities = z.array(z.object({ id: z.string() }));`,
    },
  ],
  invalid: [
    { name: "an open object", code: `action(z.object({}), run);`, errors: 1 },
    {
      name: "an open object by another name",
      code: `const S = z.object({}); publicAction(S, run);`,
      errors: 1,
    },
    { name: "a strict one made loose", code: `action(z.strictObject({}).loose(), run);`, errors: 1 },
    {
      name: "something imported of unknown kind",
      code: `import { schema } from "x"; action(schema, run);`,
      errors: 1,
    },
    {
      name: "a route's loose query",
      code: `export const GET = route({ schema: z.looseObject({}) }, run);`,
      errors: 1,
    },
    { name: "an input of the domain", code: `export const SaveInput = z.object({});`, errors: 1 },
    { name: "a query of the domain", code: `export const PageQuery = z.looseObject({});`, errors: 1 },
    {
      name: "a query made of an open object",
      code: `const at = z.object({}); export const PageQuery = at.extend({}).optional();`,
      errors: 1,
    },
    {
      name: "an input made of something imported of unknown kind",
      code: `import { base } from "x"; export const SaveInput = base.extend({});`,
      errors: 1,
    },
    {
      name: "something imported that takes the name of an input",
      code: `import { schema as SaveInput } from "x"; action(SaveInput, run);`,
      errors: 1,
    },
    {
      name: "a default import with the name of an input",
      code: `import SaveInput from "x"; action(SaveInput, run);`,
      errors: 1,
    },
    {
      name: "an open object made longer",
      code: `const at = z.object({}); action(at.extend({}), run);`,
      errors: 1,
    },
  ],
});

tester.run("no-inline-actions", noInlineActions, {
  valid: [{ name: "a file of actions", code: `"use server"; export const save = action(SaveInput, run);` }],
  invalid: [
    {
      name: "an action in a component",
      code: `function Page({ id }) { async function save() { "use server"; remove(id); } }`,
      errors: 1,
    },
    { name: "an arrow", code: `const save = async () => { "use server"; };`, errors: 1 },
  ],
});
