import { expect } from "vitest";
import type { Drive, Stage } from "@/sandbox/testing/sdk/stage";

/** Payroll and what is said about its lines. */
export const payroll = ({ finch, quarter, ids }: Stage): Drive => {
  const newRule = () =>
    finch.hris.payStatementItem.rules.create({
      conditions: [{ field: "name", operator: "equals", value: "Salary" }],
      attributes: { metadata: { label: "Base pay" } },
      entity_type: "pay_statement_item",
    });
  return {
    "hris.payments.list": async () => {
      const { items } = await finch.hris.payments.list(quarter);
      expect(items.length).toBeGreaterThan(1);
    },
    "hris.payStatements.retrieveMany": async () => {
      const { responses } = await finch.hris.payStatements.retrieveMany({
        requests: [{ payment_id: ids.payment, limit: 2 }],
      });
      expect(responses).toMatchObject([{ code: 200, payment_id: ids.payment }]);
    },
    "hris.payStatementItem.list": async () => {
      const { responses } = await finch.hris.payStatementItem.list({ categories: ["earnings", "taxes"] });
      expect(new Set(responses.map((item) => item.category))).toEqual(new Set(["earnings", "taxes"]));
    },
    "hris.payStatementItem.rules.create": async () => {
      expect(await newRule()).toMatchObject({ id: expect.any(String), entity_type: "pay_statement_item" });
    },
    "hris.payStatementItem.rules.list": async () => {
      const { id } = await newRule();
      const { responses } = await finch.hris.payStatementItem.rules.list();
      expect(responses.map((rule) => rule.id)).toContain(id);
    },
    "hris.payStatementItem.rules.update": async () => {
      const { id = "" } = await newRule();
      const attributes = { metadata: { label: "Other" } };
      const rule = await finch.hris.payStatementItem.rules.update(id, { optionalProperty: { attributes } });
      expect(rule).toMatchObject({ id, attributes });
    },
    "hris.payStatementItem.rules.delete": async () => {
      const { id = "" } = await newRule();
      expect(await finch.hris.payStatementItem.rules.delete(id)).toMatchObject({
        id,
        deleted_at: expect.any(String),
      });
    },
    "payroll.payGroups.list": async () => {
      const { items } = await finch.payroll.payGroups.list({ individual_id: ids.person });
      expect(items.length).toBeGreaterThan(0);
    },
    "payroll.payGroups.retrieve": async () => {
      expect(await finch.payroll.payGroups.retrieve(ids.payGroup)).toMatchObject({ id: ids.payGroup });
    },
  };
};
