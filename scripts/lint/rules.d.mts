import type { Rule } from "eslint";

declare const plugin: {
  rules: Record<
    "guarded-actions" | "guarded-routes" | "explained-disable" | "strict-input" | "no-inline-actions",
    Rule.RuleModule
  >;
};
export default plugin;
