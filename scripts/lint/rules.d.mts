import type { Rule } from "eslint";

declare const plugin: {
  rules: Record<"guarded-actions" | "guarded-routes" | "explained-disable", Rule.RuleModule>;
};
export default plugin;
