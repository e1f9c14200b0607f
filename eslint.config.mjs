/**
 * The conventions of docs/architecture.md that a machine can check in one file. Which folder may import which
 * is in .dependency-cruiser.cjs.
 */
import nextVitals from "eslint-config-next/core-web-vitals";
import tseslint from "typescript-eslint";
import perch from "./scripts/lint/rules.mjs";

const code = ["**/*.{ts,tsx}"];
const tests = [
  "**/*.test.{ts,tsx}",
  "**/testing.ts",
  "e2e/**",
  "db/testing/**",
  "sandbox/testing/**",
  "scripts/testing/**",
];
const readsEnvironment = [
  ...[
    "lib/env.ts",
    "instrumentation.ts",
    "scripts/**",
    "sandbox/**",
    "e2e/**",
    "bench/**",
    "soak/**",
    "*.config.{ts,mjs}",
  ],
  ...["db/testing/**", "**/*.test.{ts,tsx}", "**/testing.ts"],
];

const processEnv = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: "Only lib/env.ts reads the environment: use env().",
};
const timeoutWait = {
  selector: "CallExpression[callee.property.name='waitForTimeout']",
  message: "Wait for what a person would see, not for time.",
};
const doubleCast = {
  selector: "TSAsExpression > TSAsExpression.expression[typeAnnotation.type='TSUnknownKeyword']",
  message: "A cast through unknown hides a wrong type: parse or narrow instead.",
};

const outbound = "Requests to other machines go through lib/outbound, whose hosts are an allow-list.";

const hookRules = nextVitals
  .flatMap(({ rules = {} }) => Object.keys(rules))
  .filter((name) => name.startsWith("react-hooks/"));

export default tseslint.config(
  {
    ignores: [
      "node_modules/**",
      ".next/**",
      ".data/**",
      ".build/**",
      "coverage/**",
      "test-results/**",
      "next-env.d.ts",
    ],
  },
  ...nextVitals,
  {
    files: code,
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { perch },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "max-lines": ["error", { max: 350 }],
      "no-restricted-syntax": ["error", processEnv, timeoutWait, doubleCast],
      "perch/explained-disable": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "separate-type-imports" }],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
      // An interface that promises a promise is often met by code that has nothing to wait for.
      "@typescript-eslint/require-await": "off",
    },
  },
  { files: readsEnvironment, rules: { "no-restricted-syntax": ["error", timeoutWait, doubleCast] } },
  {
    // A module that says "use server" is a door wherever it stands, and Next reads JavaScript too.
    files: ["**/*.{js,jsx,ts,tsx}"],
    ignores: tests,
    plugins: { perch },
    rules: { "perch/guarded-actions": "error", "perch/no-inline-actions": "error" },
  },
  {
    files: ["app/**/*.{js,jsx,ts,tsx}"],
    rules: { "perch/guarded-routes": "error" },
  },
  {
    files: ["{app,components,lib}/**/*.{js,jsx,ts,tsx}"],
    rules: { "perch/strict-input": "error" },
  },
  {
    // In the browser lib/client and the CSP's connect-src have this part.
    files: ["app/**", "lib/**", "worker/**", "db/**", "proxy.ts", "instrumentation.ts"],
    ignores: ["lib/outbound.ts", "lib/client/**", "db/seed/**", ...tests],
    plugins: { "@typescript-eslint": tseslint.plugin },
    rules: {
      "no-restricted-globals": [
        "error",
        ...["fetch", "WebSocket", "EventSource", "XMLHttpRequest"].map((name) => ({
          name,
          message: outbound,
        })),
      ],
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          paths: ["net", "node:net"].map((name) => ({
            name,
            allowImportNames: ["isIP", "isIPv4", "isIPv6", "BlockList"],
            message: outbound,
          })),
        },
      ],
      "no-restricted-properties": [
        "error",
        { object: "globalThis", property: "fetch", message: outbound },
        { object: "window", property: "fetch", message: outbound },
      ],
    },
  },
  {
    // Elsewhere a function that starts with "use" is no hook: useTestDatabase, for one.
    ignores: ["app/**", "components/**", "lib/client/**"],
    rules: Object.fromEntries(hookRules.map((name) => [name, "off"])),
  },
  {
    // Tests look into answers whose shape they themselves assert.
    files: tests,
    rules: {
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-return": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
);
