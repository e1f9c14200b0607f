"use server";

import { z } from "zod";
import { previewItemRule } from "@/lib/domain/payroll/item-rules/preview-item-rule";
import { requestRuleChange } from "@/lib/domain/payroll/item-rules/request-rule-change";
import { RuleChangeInput } from "@/lib/domain/payroll/item-rules/rule-input";
import { action } from "@/lib/web/action";
import { employerContext } from "@/lib/web/context";

const at = { customerId: z.uuid() };

export const previewItemRuleAction = action(RuleChangeInput.extend(at), async ({ customerId, ...input }) =>
  previewItemRule(await employerContext(customerId), input),
);

export const requestRuleChangeAction = action(RuleChangeInput.extend(at), async ({ customerId, ...input }) =>
  requestRuleChange(await employerContext(customerId), input),
);
