import { randomUUID } from "node:crypto";
import type Finch from "@tryfinch/finch-api";
import { z } from "zod";
import { checkLogin } from "@/sandbox/auth";
import { bearer, ok, type Answer, type BearerCall, type Handler } from "@/sandbox/call";
import { FinchError } from "@/sandbox/errors";
import type { Rule } from "@/sandbox/payroll/records";
import { rulesOf } from "@/sandbox/payroll/rules";
import type { Result, Routes } from "@/sandbox/results";
import { parseInput } from "@/sandbox/validate";

const invalidRule = (message: string) =>
  new FinchError(400, "invalid_request_error", message, "invalid_request");

const RuleInput = z.object({
  effective_start_date: z.iso.date().nullish(),
  effective_end_date: z.iso.date().nullish(),
  conditions: z
    .array(
      z.object({
        field: z.string().min(1),
        operator: z.literal("equals").default("equals"),
        value: z.string(),
      }),
    )
    .min(1),
  attributes: z.object({ metadata: z.record(z.string(), z.json()).optional() }).optional(),
  entity_type: z.literal("pay_statement_item").optional(),
});

/** Finch's document wraps the body of an update in a key of its own; its guide does not. */
const Wrapped = z.object({ optionalProperty: z.unknown() });

type RuleWire = Required<Finch.HRIS.PayStatementItem.RuleCreateResponse>;

function toWire(rule: Rule): RuleWire {
  return {
    id: rule.id,
    priority: rule.priority,
    effective_start_date: rule.effectiveStart,
    effective_end_date: rule.effectiveEnd,
    conditions: rule.conditions,
    attributes: { metadata: rule.metadata },
    entity_type: "pay_statement_item",
    created_at: rule.createdAt,
    updated_at: rule.updatedAt,
  };
}

/** What every rule operation does first: whether the login lets anything through. Rules are no data: they may come before. */
const ruled = <T>(handle: (call: BearerCall) => Answer<T>): Handler<T> =>
  bearer<T>((call) => {
    const pending = checkLogin(call.caller);
    return pending ? { status: 202, body: pending } : handle(call);
  });

function findRule({ world, caller, params }: BearerCall): Rule {
  const id = params["rule_id"] ?? "";
  const rule = world.store.rules.get(id);
  if (rule?.connectionId !== caller.connection.id || rule.entityId !== caller.entity.id) {
    throw invalidRule(`Validation error: no rule with id ${id} found`);
  }
  return rule;
}

/** Makes a rule; it holds at once, for all statements (Finch: Create Rule). 400 without a condition. */
const create = ruled<Result<"POST /employer/pay-statement-item/rule">>(({ world, caller, body }) => {
  const input = parseInput(RuleInput, body ?? {}, invalidRule);
  const { connection, entity } = caller;
  const last = rulesOf(world, connection, entity).at(-1)?.priority ?? 0;
  const now = world.clock.iso();
  const id = randomUUID();
  const rule = world.store.rules.set(id, {
    id,
    connectionId: connection.id,
    entityId: entity.id,
    priority: last + 1,
    createdAt: now,
    updatedAt: now,
    effectiveStart: input.effective_start_date ?? null,
    effectiveEnd: input.effective_end_date ?? null,
    conditions: input.conditions,
    metadata: input.attributes?.metadata ?? {},
  });
  return { status: 201, body: toWire(rule) };
});

/** The rules of the entity, the strongest first (Finch: Get Rules). */
const list = ruled<Result<"GET /employer/pay-statement-item/rule">>(({ world, caller }) =>
  ok({ responses: rulesOf(world, caller.connection, caller.entity).map(toWire) }),
);

/** Changes what is given of a rule (Finch: Update Rule). Errors: 400, for unknown rules too. */
const update = ruled<Result<"PUT /employer/pay-statement-item/rule/{rule_id}">>((call) => {
  const rule = findRule(call);
  const wrapped = Wrapped.safeParse(call.body);
  const body =
    wrapped.success && wrapped.data.optionalProperty !== undefined
      ? wrapped.data.optionalProperty
      : call.body;
  const input = parseInput(RuleInput.partial(), body ?? {}, invalidRule);
  const changed = call.world.store.rules.set(rule.id, {
    ...rule,
    updatedAt: call.world.clock.iso(),
    effectiveStart:
      input.effective_start_date === undefined ? rule.effectiveStart : input.effective_start_date,
    effectiveEnd: input.effective_end_date === undefined ? rule.effectiveEnd : input.effective_end_date,
    conditions: input.conditions ?? rule.conditions,
    metadata: input.attributes?.metadata ?? rule.metadata,
  });
  return ok(toWire(changed));
});

/** Removes a rule and returns it (Finch: Delete Rule). An unknown one is 400, not 404. */
const remove = ruled<Result<"DELETE /employer/pay-statement-item/rule/{rule_id}">>((call) => {
  const rule = findRule(call);
  call.world.store.rules.delete(rule.id);
  return ok({ ...toWire(rule), deleted_at: call.world.clock.iso() });
});

export const payStatementRuleRoutes = {
  "POST /employer/pay-statement-item/rule": create,
  "GET /employer/pay-statement-item/rule": list,
  "PUT /employer/pay-statement-item/rule/{rule_id}": update,
  "DELETE /employer/pay-statement-item/rule/{rule_id}": remove,
} satisfies Routes;
