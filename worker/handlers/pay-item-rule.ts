import { performRuleChange } from "@/lib/domain/payroll/item-rules/perform-rule-change";
import { itemRuleJob } from "@/lib/jobs/pay-items";
import { defineHandler } from "../define-handler";

export default defineHandler(itemRuleJob, (payload) => performRuleChange(payload));
