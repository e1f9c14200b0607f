import { inScope, type Tx } from "@/db/client";
import { listItemRuleRows } from "@/db/repositories/item-rules";
import { sumPayItemYears, type PayItemYearRow } from "@/db/repositories/pay-item-effects";
import { requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { visibleSources } from "@/lib/domain/individuals/resolve-filter";
import { chooseSource } from "../items/list-pay-items";
import { matchOf, readConditions, type RuleCondition } from "./rule-conditions";
import { checkRule, RuleChangeInput } from "./rule-input";
import { requireSeen } from "./rule-version";
import type { RulePreview, RuleYearView } from "./views";

interface Asked {
  customerId: string;
  connectionId: string;
  entityId: string;
  conditions: readonly Pick<RuleCondition, "field" | "value">[];
  from: string | null;
  to: string | null;
}

/**
 * Which lines of past statements a rule would label, by year, and which it labels now. Asks Finch nothing.
 * @throws DomainError FORBIDDEN, NOT_FOUND (connection, rule), INVALID, CONFLICT (not what was seen)
 */
export async function previewItemRule(context: Context, raw: RuleChangeInput): Promise<RulePreview> {
  const ctx = requireCustomer(context);
  const { customerId } = ctx.scope;
  requirePermission(ctx, "payroll:correct");
  const { connectionId, entityId, ruleId, seen, wanted } = RuleChangeInput.parse(raw);
  if (wanted) checkRule(wanted);
  return inScope(
    ctx,
    async (tx) => {
      chooseSource(await visibleSources(tx, ctx), connectionId);
      requirePermission(ctx, "payroll:correct", { connectionId });
      const place = { customerId, connectionId, entityId };
      const rules = await listItemRuleRows(tx, place);
      const rule = rules.find((row) => row.finchRuleId === ruleId && row.entityId === entityId);
      if (ruleId !== null && !rule) throw notFound("rule");
      if (rule) requireSeen(rule, seen);
      return {
        before: rule
          ? await sum(tx, {
              ...place,
              conditions: readConditions(rule.conditions),
              from: dayOf(rule.effectiveStartDate),
              to: dayOf(rule.effectiveEndDate),
            })
          : [],
        after: wanted
          ? await sum(tx, {
              ...place,
              conditions: wanted.conditions,
              from: wanted.effectiveStart,
              to: wanted.effectiveEnd,
            })
          : [],
      };
    },
    { readOnly: true },
  );
}

/** Finch gives days as they came; what is none is open. */
const dayOf = (text: string | null) => (text && /^\d{4}-\d{2}-\d{2}/.test(text) ? text.slice(0, 10) : null);

async function sum(tx: Tx, { conditions, from, to, ...place }: Asked): Promise<RuleYearView[] | null> {
  const match = matchOf(conditions);
  if (match === null) return null;
  // A rule with days says nothing of lines without one.
  const undated = from === null && to === null;
  const rows = await sumPayItemYears(tx, { ...place, match, ranges: [{ from, to }], undated });
  const years = Map.groupBy(rows, ({ year, currency }) => `${year} ${currency}`);
  return [...years.values()].flatMap((parts) => toYear(parts));
}

function toYear(parts: readonly PayItemYearRow[]): RuleYearView[] {
  const [first] = parts;
  if (!first) return [];
  return [
    {
      year: first.year,
      currency: first.currency,
      lines: parts.reduce((all, { lines }) => all + lines, 0),
      people: first.people,
      amountCents: parts.reduce((all, { amountCents }) => all + amountCents, 0n),
    },
  ];
}
