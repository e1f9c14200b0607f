import { z } from "zod";
import { defineJob } from "./define";

/** Has Finch make, change or take away a rule on pay statement items, and reads the rules again. */
export const itemRuleJob = defineJob(
  "pay_item.rule",
  z.strictObject({ customerId: z.uuid(), changeId: z.uuid() }),
  { maxAttempts: 10 },
);
