/**
 * What comes from outside is a z.strictObject: a field that nobody asked for is refused, not dropped (SECURITY 7).
 * Schemas are told by their place (the first argument of action(), `schema` of route()) and by their name (…Input).
 */

const doors = new Set(["action", "publicAction", "route"]);
const loosening = new Set(["loose", "passthrough", "catchall", "strip"]);
const message = "Input from outside is a z.strictObject: unknown fields are refused.";

/** The identifier or z-call that a chain such as `Base.extend(more).partial()` begins with, and what the chain calls. */
function rootOf(node) {
  const calls = [];
  let at = node;
  while (at?.type === "CallExpression" && at.callee.type === "MemberExpression") {
    if (at.callee.object.type === "Identifier" && at.callee.object.name === "z")
      return { zod: at.callee.property.name, calls };
    calls.push(at.callee.property.name);
    at = at.callee.object;
  }
  return { name: at?.type === "Identifier" ? at.name : null, calls };
}

function findVariable(sourceCode, node, name) {
  for (let scope = sourceCode.getScope(node); scope; scope = scope.upper) {
    const variable = scope.set.get(name);
    if (variable) return variable;
  }
  return null;
}

/** Whether a schema is strict as far as this file shows. What is imported is checked where it is made, by its name. */
function isStrict(sourceCode, node, seen = new Set()) {
  const { zod, name, calls } = rootOf(node);
  if (calls.some((call) => loosening.has(call))) return false;
  if (zod) return zod === "strictObject";
  if (!name || seen.has(name)) return false;
  const definition = findVariable(sourceCode, node, name)?.defs[0];
  if (definition?.type === "ImportBinding") return /(Input|Query)$/.test(name);
  const init = definition?.node.type === "VariableDeclarator" ? definition.node.init : null;
  return init ? isStrict(sourceCode, init, seen.add(name)) : false;
}

export const strictInput = {
  create: (context) => {
    const check = (node) => {
      if (!isStrict(context.sourceCode, node)) context.report({ node, message });
    };
    return {
      CallExpression(node) {
        if (node.callee.type !== "Identifier" || !doors.has(node.callee.name)) return;
        const [first] = node.arguments;
        if (node.callee.name !== "route") return first && check(first);
        const schema = first?.properties?.find((property) => property.key?.name === "schema");
        if (schema) check(schema.value);
      },
      VariableDeclarator({ id, init }) {
        if (id.type !== "Identifier" || !/Input$/.test(id.name) || !init) return;
        const { zod, calls } = rootOf(init);
        const isLoose =
          zod === "object" || zod === "looseObject" || calls.some((call) => loosening.has(call));
        if (isLoose) context.report({ node: id, message });
      },
    };
  },
};

/** An action inside a function would close over data, which then travels through the browser. */
export const noInlineActions = {
  create: (context) => ({
    "FunctionDeclaration, FunctionExpression, ArrowFunctionExpression"({ body }) {
      if (body.type !== "BlockStatement") return;
      for (const node of body.body)
        if (node.type === "ExpressionStatement" && node.directive === "use server")
          context.report({
            node,
            message: "An action stands in an actions.ts file, where it closes over nothing.",
          });
    },
  }),
};
