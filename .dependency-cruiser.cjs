/** Which folder may import which: the import matrix of docs/architecture.md. */
const tests =
  "(\\.test\\.tsx?$|/testing\\.ts$|^e2e/|^db/testing/|^scripts/testing/|^sandbox/testing/|^bench/|^soak/)";

/** Imports from `from` to our own folders other than `allowed` are an error. */
const only = (name, comment, from, allowed, except) => ({
  name,
  comment,
  severity: "error",
  from: { path: from, pathNot: [tests, ...(except ?? [])] },
  to: {
    path: "^(app|bench|components|db|e2e|lib|sandbox|scripts|soak|worker|proxy)(/|\\.ts)",
    pathNot: allowed,
  },
});

module.exports = {
  forbidden: [
    {
      name: "no-circular",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only", "dynamic-import"] } },
    },
    {
      name: "not-to-test",
      comment: "Product code does not know its tests.",
      severity: "error",
      from: { pathNot: tests },
      to: { path: tests },
    },
    only("app", "Pages, actions and routes are thin: no SQL, no Finch, no queue.", "^app/", [
      "^app/",
      "^components/",
      "^lib/(web|client|domain|auth|format|paths|env|mail|log)",
    ]),
    {
      name: "components-values",
      comment: "Components know nothing of the server but the types of its views.",
      severity: "error",
      from: { path: "^components/", pathNot: tests },
      to: {
        path: "^(db|worker|sandbox|scripts|lib/(domain|web|finch|jobs|mail|crypto|quota|env))(/|\\.ts)",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "components-rows",
      comment: "Rows never reach a component, not even as a type: views are built by allow-list.",
      severity: "error",
      from: { path: "^components/", pathNot: tests },
      to: { path: "^db/" },
    },
    only(
      "domain",
      "Rules call repositories, Finch, the queue and crypto; they know no web and no screen.",
      "^lib/domain/",
      [
        "^lib/(domain|auth/permissions|finch|quota|jobs|crypto|mail|format|paths|env|log)",
        "^db/(client|repositories|schema)",
      ],
    ),
    only("finch", "The only code that talks to Finch knows neither rules nor web.", "^lib/finch/", [
      "^lib/(finch|crypto|format|env|outbound|log|domain/(errors|context))",
      "^db/(client|repositories|schema)",
    ]),
    only(
      "quota",
      "The gate before Finch: of Finch it knows the shape of a caller, of jobs their contract.",
      "^lib/quota/",
      ["^lib/(quota|finch|jobs/define|env|log|domain/errors)", "^db/(client|repositories)"],
    ),
    only("jobs", "Job contracts can be imported by everybody, so they import almost nothing.", "^lib/jobs/", [
      "^lib/(jobs|env)",
      "^db/client",
    ]),
    only("crypto", "Crypto knows keys and rows, nothing else.", "^lib/crypto/", [
      "^lib/(crypto|env|domain/(errors|context))",
      "^db/(client|repositories|schema)",
    ]),
    only("format", "Pure functions.", "^lib/format/", ["^lib/format/"]),
    only("client", "Browser-safe: query options and fetch-json; of the domain only types.", "^lib/client/", [
      "^lib/(client|format|paths|domain)",
    ]),
    {
      name: "client-values",
      severity: "error",
      from: { path: "^lib/client/", pathNot: tests },
      to: { path: "^lib/domain/", dependencyTypesNot: ["type-only"] },
    },
    only("web-edge", "The edge turns requests into contexts and errors into answers.", "^lib/(web|auth)/", [
      "^lib/(web|auth|domain|jobs|mail|crypto|format|paths|env|outbound|log|client/action-result)",
      "^db/(client|repositories|schema|migrations/meta)",
    ]),
    only(
      "db",
      "Rows in, rows out: no permissions, no Finch, no queue.",
      "^db/",
      ["^db/", "^lib/(env|format|crypto|domain/context|auth/permissions)"],
      ["^db/seed/", "^db/testing/"],
    ),
    only("worker", "A handler parses its payload and calls one domain verb.", "^worker/", [
      "^worker/",
      "^lib/(domain|jobs|finch|quota|mail|env|log|crypto)",
      "^db/client",
    ]),
    only(
      "sandbox",
      "The emulator imports nothing of ours, so that a wrong belief cannot pass on both sides.",
      "^sandbox/",
      ["^sandbox/"],
    ),
    {
      name: "server-only-at-the-edge",
      comment: "It throws in plain Node, where worker, seeds and tests run.",
      severity: "error",
      from: { pathNot: "^lib/web/" },
      to: { path: "node_modules/server-only" },
    },
    {
      name: "finch-sdk-at-the-border",
      severity: "error",
      from: { path: "^(app|components|db|lib|worker)/", pathNot: ["^lib/finch/", tests] },
      to: { path: "node_modules/@tryfinch/finch-api" },
    },
    {
      name: "outbound-door",
      comment: "Requests to other machines go through lib/outbound, whose hosts are an allow-list.",
      severity: "error",
      from: {
        path: "^(app|components|db|lib|worker|proxy|instrumentation)",
        pathNot: ["^lib/outbound", tests],
      },
      to: {
        path: "^(node:)?(http|https|http2|tls|dgram|dns|child_process)$|node_modules/(undici|axios|got|node-fetch)/",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "no-undeclared-package",
      severity: "error",
      from: {},
      to: { dependencyTypes: ["npm-no-pkg", "unknown"] },
    },
    {
      name: "no-development-package-in-product",
      severity: "error",
      from: { path: "^(app|components|lib|worker|sandbox|proxy)", pathNot: tests },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(\\.next|\\.data|\\.build)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
