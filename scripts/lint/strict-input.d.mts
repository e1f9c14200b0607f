import type { Rule } from "eslint";

export declare const strictInput: Rule.RuleModule;
export declare const noInlineActions: Rule.RuleModule;
