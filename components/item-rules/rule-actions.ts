import type { ActionResult } from "@/lib/client/action-result";
import type { RulePreview } from "@/lib/domain/payroll/item-rules/views";

export interface WantedRule {
  conditions: { field: "name" | "category" | "type" | "pre_tax" | "employer"; value: string }[];
  labels: { key: string; value: string }[];
  effectiveStart: string | null;
  effectiveEnd: string | null;
}

export interface RuleRequest {
  customerId: string;
  connectionId: string;
  entityId: string;
  ruleId: string | null;
  /** The version of the rule that is shown. */
  seen: string | null;
  wanted: WantedRule | null;
}

/** The server actions of the rules' page, as the page hands them down. */
export interface RuleActions {
  preview: (input: RuleRequest) => Promise<ActionResult<RulePreview>>;
  request: (input: RuleRequest) => Promise<ActionResult<{ changeId: string }>>;
}
