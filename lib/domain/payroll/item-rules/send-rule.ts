import { z } from "zod";
import type { ItemRuleChangeRow } from "@/db/repositories/item-rules";
import {
  createPayStatementRule,
  deletePayStatementRule,
  updatePayStatementRule,
  type FinchCaller,
  type FinchPayStatementRule,
  type FinchToken,
  type Outcome,
} from "@/lib/finch";

/** What item_rule_changes.wanted holds. */
export const Wanted = z.object({
  conditions: z.array(z.object({ field: z.string(), value: z.string() })),
  metadata: z.record(z.string(), z.string()),
  effectiveStart: z.string().nullable(),
  effectiveEnd: z.string().nullable(),
});

/** Sends a change to Finch, as it was written down. */
export function sendRule(
  caller: FinchCaller,
  token: FinchToken,
  change: Pick<ItemRuleChangeRow, "kind" | "entityId" | "finchRuleId" | "wanted">,
): Promise<Outcome<FinchPayStatementRule>> {
  const { entityId, finchRuleId: ruleId } = change;
  if (change.kind === "delete") {
    if (ruleId === null) throw new TypeError("A rule that is taken away has an id");
    return deletePayStatementRule(caller, token, { entityId, ruleId });
  }
  const wanted = Wanted.parse(change.wanted);
  return ruleId === null
    ? createPayStatementRule(caller, token, { entityId, wanted })
    : updatePayStatementRule(caller, token, { entityId, ruleId, wanted });
}
