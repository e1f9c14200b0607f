import { callFinch } from "../http/call";
import type { FinchCaller, FinchToken } from "../caller";
import { tokenClient } from "../http/client";
import { entityQuery, type EntityScope } from "../entity";
import type { Outcome } from "../outcome";
import { reshapePayStatementRule } from "./reshape";
import type { FinchPayStatementRule } from "./types";
import * as wire from "./wire";

/** A rule as it is to be. Every condition has to hold; what it gives to a line is its labels. */
export interface FinchRuleWanted {
  conditions: { field: string; value: string }[];
  metadata: Record<string, string>;
  /** ISO days by pay date; null is open. */
  effectiveStart: string | null;
  effectiveEnd: string | null;
}

const body = ({ conditions, metadata, effectiveStart, effectiveEnd }: FinchRuleWanted) => ({
  conditions: conditions.map((condition) => ({ ...condition, operator: "equals" as const })),
  attributes: { metadata },
  effective_start_date: effectiveStart,
  effective_end_date: effectiveEnd,
  entity_type: "pay_statement_item" as const,
});

const ruleEndpoint = { schema: wire.payStatementRule } as const;

/** Makes a rule (Finch: Create Rule). Not idempotent: a second call makes a second rule. */
export function createPayStatementRule(
  caller: FinchCaller,
  token: FinchToken,
  query: EntityScope & { wanted: FinchRuleWanted },
): Promise<Outcome<FinchPayStatementRule>> {
  return callFinch(caller, {
    ...ruleEndpoint,
    endpoint: "POST /employer/pay-statement-item/rule",
    token,
    send: (options) =>
      tokenClient(token).hris.payStatementItem.rules.create(
        { ...entityQuery(query), ...body(query.wanted) },
        options,
      ),
    reshape: ({ wire: rule, json }) => reshapePayStatementRule(rule, json),
  });
}

type RuleUpdate = NonNullable<
  Parameters<ReturnType<typeof tokenClient>["hris"]["payStatementItem"]["rules"]["update"]>[1]
>;

/** Makes a rule as it is to be (Finch: Update Rule). An unknown rule is `unprocessable`, as all that Finch refuses. */
export function updatePayStatementRule(
  caller: FinchCaller,
  token: FinchToken,
  query: EntityScope & { ruleId: string; wanted: FinchRuleWanted },
): Promise<Outcome<FinchPayStatementRule>> {
  // Finch's document has no fields for the body of an update; its guide sends those of a creation.
  const change: RuleUpdate & ReturnType<typeof body> = { ...entityQuery(query), ...body(query.wanted) };
  return callFinch(caller, {
    ...ruleEndpoint,
    endpoint: "PUT /employer/pay-statement-item/rule/{rule_id}",
    token,
    send: (options) => tokenClient(token).hris.payStatementItem.rules.update(query.ruleId, change, options),
    reshape: ({ wire: rule, json }) => reshapePayStatementRule(rule, json),
  });
}

/** Takes a rule away (Finch: Delete Rule). An unknown one is `unprocessable`, and not `not_found`. */
export function deletePayStatementRule(
  caller: FinchCaller,
  token: FinchToken,
  query: EntityScope & { ruleId: string },
): Promise<Outcome<FinchPayStatementRule>> {
  return callFinch(caller, {
    ...ruleEndpoint,
    endpoint: "DELETE /employer/pay-statement-item/rule/{rule_id}",
    token,
    send: (options) =>
      tokenClient(token).hris.payStatementItem.rules.delete(query.ruleId, entityQuery(query), options),
    reshape: ({ wire: rule, json }) => reshapePayStatementRule(rule, json),
  });
}
