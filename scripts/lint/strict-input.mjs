/**
 * What comes from outside is a z.strictObject: a field that nobody asked for is refused, not dropped (SECURITY 7).
 * Schemas are told by their place (the first argument of action(), `schema` of route()) and by their name (…Input, …Query).
 */

const doors = new Set(["action", "publicAction", "route"]);
const loosening = new Set(["loose", "passthrough", "catchall", "strip"]);
const message = "Input from outside is a z.strictObject: unknown fields are refused.";
const named = /^[A-Z]\w*(Input|Query)$/;

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

/** The name under which something imported was made, if it is one that is checked there. */
const isBelieved = ({ node }) => node.type === "ImportSpecifier" && named.test(node.imported.name ?? "");

const initOf = (definition) => (definition?.node.type === "VariableDeclarator" ? definition.node.init : null);

/** Whether a schema is strict as far as this file shows. What is imported is checked where it is made, by its name. */
function isStrict(sourceCode, node, seen = new Set()) {
  const { zod, name, calls } = rootOf(node);
  if (calls.some((call) => loosening.has(call))) return false;
  if (zod) return zod === "strictObject";
  if (!name || seen.has(name)) return false;
  const definition = findVariable(sourceCode, node, name)?.defs[0];
  if (definition?.type === "ImportBinding") return isBelieved(definition);
  const init = initOf(definition);
  return init ? isStrict(sourceCode, init, seen.add(name)) : false;
}

/** Whether a schema lets unknown fields in, or is made of one that nobody checks. Lists, choices and texts have no fields. */
function isLoose(sourceCode, node, seen = new Set()) {
  const { zod, name, calls } = rootOf(node);
  if (calls.some((call) => loosening.has(call))) return true;
  if (zod) return zod === "object" || zod === "looseObject";
  if (!name || seen.has(name)) return false;
  const definition = findVariable(sourceCode, node, name)?.defs[0];
  if (definition?.type === "ImportBinding") return calls.includes("extend") && !isBelieved(definition);
  const init = initOf(definition);
  return init ? isLoose(sourceCode, init, seen.add(name)) : false;
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
        if (id.type !== "Identifier" || !named.test(id.name) || !init) return;
        if (isLoose(context.sourceCode, init)) context.report({ node: id, message });
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
