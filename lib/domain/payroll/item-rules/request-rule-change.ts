import { inScope } from "@/db/client";
import { findConnection } from "@/db/repositories/connections";
import { insertRuleChange, listItemRuleRows } from "@/db/repositories/item-rules";
import { requirePermission } from "@/lib/auth/permissions";
import { recordAudit } from "@/lib/domain/audit";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { DomainError, notFound } from "@/lib/domain/errors";
import { takeLimit } from "@/lib/domain/limits";
import { enqueue } from "@/lib/jobs/define";
import { itemRuleJob } from "@/lib/jobs/pay-items";
import { entitiesOf, supportOf } from "./list-item-rules";
import { checkRule, RuleChangeInput, toFinchRule } from "./rule-input";
import { requireSeen } from "./rule-version";
import type { RuleSupport } from "./views";

const obstacles: Record<Exclude<RuleSupport["kind"], "supported">, string> = {
  no_product: "The connection does not include pay statements. Reconnect and allow them.",
  action_needed: "The connection has to be repaired before Finch can be asked for anything.",
  not_offered: "Finch does not offer rules for this provider.",
};

/**
 * Has Finch make, change or take away a rule. Written down first; the worker asks Finch and then reads the rules
 * again. One change of an entity's rules at a time.
 * @throws DomainError FORBIDDEN, NOT_FOUND (connection, entity, rule), INVALID, RATE_LIMITED, CONFLICT (not possible here, not what was seen, or another change is open)
 */
export async function requestRuleChange(
  context: Context,
  raw: RuleChangeInput,
): Promise<{ changeId: string }> {
  const ctx = requireCustomer(context);
  const { customerId } = ctx.scope;
  requirePermission(ctx, "payroll:correct");
  const { connectionId, entityId, ruleId, seen, wanted } = RuleChangeInput.parse(raw);
  if (wanted) checkRule(wanted);
  else if (ruleId === null)
    throw new DomainError("INVALID", "Say what the rule is to be.", { field: "wanted" });
  if (ctx.actor.kind === "user") await takeLimit("item-rule", `${ctx.actor.userId}/${connectionId}`);
  return inScope(ctx, async (tx) => {
    const connection = await findConnection(tx, customerId, connectionId);
    if (!connection || connection.disconnectedAt) throw notFound("connection");
    requirePermission(ctx, "payroll:correct", { connectionId });
    const support = await supportOf(tx, connection);
    if (support.kind !== "supported") throw new DomainError("CONFLICT", obstacles[support.kind]);
    if (!entitiesOf(connection).some(({ id }) => id === entityId)) throw notFound("entity");
    const rules = await listItemRuleRows(tx, { customerId, connectionId });
    const rule = rules.find((row) => row.finchRuleId === ruleId && row.entityId === entityId);
    if (ruleId !== null && !rule) throw notFound("rule");
    if (rule) requireSeen(rule, seen);
    const kind = ruleId === null ? "create" : wanted ? "update" : "delete";
    const changeId = await insertRuleChange(tx, {
      customerId,
      connectionId,
      entityId,
      kind,
      finchRuleId: ruleId,
      wanted: wanted && toFinchRule(wanted),
      requestedBy: ctx.actor.kind === "user" ? ctx.actor.userId : null,
    });
    if (changeId === null)
      throw new DomainError(
        "CONFLICT",
        "Another change of these rules is on its way. Wait until it is done.",
      );
    await enqueue(tx, itemRuleJob, { customerId, changeId }, { key: `${itemRuleJob.name}:${changeId}` });
    await recordAudit(
      tx,
      ctx,
      `item_rule.${kind}`,
      { type: "connection", id: connectionId },
      wanted
        ? {
            conditions: wanted.conditions.map(({ field, value }) => `${field} = ${value}`),
            labels: wanted.labels.map(({ key, value }) => `${key} = ${value}`),
          }
        : { rule: ruleId ?? "" },
    );
    return { changeId };
  });
}
