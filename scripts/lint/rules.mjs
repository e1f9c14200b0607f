/** Rules of this project that no published plugin has. */
import { noInlineActions, strictInput } from "./strict-input.mjs";

const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

const isCallOf = (node, names) => node?.type === "CallExpression" && names.has(node.callee.name);

/** Exported values of a module: [name, initial value, node]. Functions have no initial value. */
function* exportedValues(program) {
  for (const node of program.body) {
    if (node.type === "ExportDefaultDeclaration") yield ["default", node.declaration, node];
    if (node.type !== "ExportNamedDeclaration" || node.exportKind === "type") continue;
    if (node.declaration?.type === "VariableDeclaration") {
      for (const { id, init } of node.declaration.declarations) yield [id.name, init, id];
    } else if (node.declaration?.type === "FunctionDeclaration") {
      yield [node.declaration.id.name, null, node.declaration.id];
    }
    for (const { exported, local } of node.specifiers)
      yield [exported.name, findLocal(program, local.name), exported];
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
      const isActionsFile = /(^|\/)actions\.tsx?$/.test(context.filename.replaceAll("\\", "/"));
      if (!isActionsFile && !isServerModule(program)) return;
      for (const [name, value, node] of exportedValues(program)) {
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
      if (!/(^|\/)route\.tsx?$/.test(context.filename.replaceAll("\\", "/"))) return;
      for (const [name, value, node] of exportedValues(program)) {
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
