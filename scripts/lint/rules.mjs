/** Rules of this project that no published plugin has. */
import { noInlineActions, strictInput } from "./strict-input.mjs";

/** What Next calls in a route file; "*" may hold any of them. */
const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "*"]);

const isCallOf = (node, names) => node?.type === "CallExpression" && names.has(node.callee.name);

/** Exported values of a module: [name, initial value, node]. Functions have no initial value; "*" is all of another's. */
function* exportedValues(sourceCode, program) {
  for (const node of program.body) {
    if (node.type === "ExportDefaultDeclaration") yield ["default", node.declaration, node];
    if (node.exportKind === "type") continue;
    if (node.type === "ExportAllDeclaration") yield [node.exported ? nameOf(node.exported) : "*", null, node];
    if (node.type !== "ExportNamedDeclaration") continue;
    yield* declaredValues(sourceCode, node.declaration);
    for (const specifier of node.specifiers) {
      if (specifier.exportKind === "type") continue;
      yield [nameOf(specifier.exported), findLocal(program, nameOf(specifier.local)), specifier.exported];
    }
  }
}

/** A name in an export list: `GET` or "GET". */
const nameOf = (node) => node.name ?? node.value;

function* declaredValues(sourceCode, declaration) {
  if (declaration?.type === "FunctionDeclaration" || declaration?.type === "ClassDeclaration")
    yield [declaration.id.name, null, declaration.id];
  if (declaration?.type !== "VariableDeclaration") return;
  for (const declarator of declaration.declarations) {
    const { id, init } = declarator;
    if (id.type === "Identifier") yield [id.name, init, id];
    // What is taken apart may hold anything.
    else for (const { name } of sourceCode.getDeclaredVariables(declarator)) yield [name, null, id];
  }
}

function findLocal(program, name) {
  for (const node of program.body) {
    if (node.type !== "VariableDeclaration") continue;
    for (const { id, init } of node.declarations) if (id.name === name) return init;
  }
  return null;
}

const isServerModule = (program) =>
  program.body.some((node) => node.type === "ExpressionStatement" && node.directive === "use server");

/** Every export of a "use server" file is a public endpoint, so every one passes through action(). */
const guardedActions = {
  create: (context) => ({
    Program(program) {
      const isActionsFile = /(^|\/)actions\.[jt]sx?$/.test(context.filename.replaceAll("\\", "/"));
      if (!isActionsFile && !isServerModule(program)) return;
      for (const [name, value, node] of exportedValues(context.sourceCode, program)) {
        if (isCallOf(value, new Set(["action", "publicAction"]))) continue;
        context.report({
          node,
          message: `${name} is a public endpoint: build it with action(…) of lib/web.`,
        });
      }
    },
  }),
};

/** Every exported HTTP method of a route file passes through route(). next-auth's own handler is wrapped by it too. */
const guardedRoutes = {
  create: (context) => ({
    Program(program) {
      if (!/(^|\/)route\.[jt]sx?$/.test(context.filename.replaceAll("\\", "/"))) return;
      for (const [name, value, node] of exportedValues(context.sourceCode, program)) {
        if (!methods.has(name) || isCallOf(value, new Set(["route", "publicRoute"]))) continue;
        context.report({ node, message: `${name} is a public endpoint: build it with route(…) of lib/web.` });
      }
    },
  }),
};

/** Switching a rule off needs a reason after two dashes. */
const explainedDisable = {
  create: (context) => ({
    Program() {
      for (const comment of context.sourceCode.getAllComments()) {
        if (!/^\s*eslint-disable/.test(comment.value) || /--\s*\S+/.test(comment.value)) continue;
        context.report({ loc: comment.loc, message: "Say why: eslint-disable-… -- the reason." });
      }
    },
  }),
};

const plugin = {
  rules: {
    "guarded-actions": guardedActions,
    "guarded-routes": guardedRoutes,
    "explained-disable": explainedDisable,
    "strict-input": strictInput,
    "no-inline-actions": noInlineActions,
  },
};

export default plugin;
