import type { DirectorySourceView } from "@/lib/domain/individuals/list-directory";
import type { RuleCondition } from "./rule-conditions";

export interface ItemRuleView {
  id: string;
  entityId: string;
  conditions: RuleCondition[];
  labels: { key: string; value: string }[];
  priority: number | null;
  effectiveStart: string | null;
  effectiveEnd: string | null;
  fetchedAt: Date;
  /** What a change has to name, so that it takes back nothing unseen. */
  version: string;
}

/** What was asked of Finch, and what came of it. */
export interface RuleChangeView {
  id: string;
  kind: "create" | "update" | "delete";
  state: "queued" | "sending" | "done" | "failed" | "unknown";
  message: string | null;
  requestId: string | null;
  by: string | null;
  at: Date;
}

/** Whether rules can be had at this connection at all. */
export type RuleSupport =
  | { kind: "supported" }
  | { kind: "no_product" }
  | { kind: "action_needed" }
  | { kind: "not_offered"; message: string; requestId: string | null };

export interface ItemRulesView {
  customerName: string;
  timeZone: string;
  now: Date;
  sources: DirectorySourceView[];
  source: DirectorySourceView | null;
  support: RuleSupport;
  /** [{id: "", name: null}] where the connection has one. */
  entities: { id: string; name: string | null }[];
  rules: ItemRuleView[];
  changes: RuleChangeView[];
  /** Names of lines that were seen, for the form. */
  names: string[];
  mayChange: boolean;
}

/** Lines that a rule is for, in a year and currency. */
export interface RuleYearView {
  year: number;
  currency: string;
  lines: number;
  people: number;
  amountCents: bigint;
}

export interface RulePreview {
  /** Null where the rule has a condition that is unknown here. */
  before: RuleYearView[] | null;
  after: RuleYearView[] | null;
}
