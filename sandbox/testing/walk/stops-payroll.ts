import type { Json } from "@/sandbox/testing/finch-schema";
import { textAt } from "@/sandbox/testing/walk/companies";
import { nobody, type Facts, type Stop } from "@/sandbox/testing/walk/stop";

const rule: Json = {
  effective_start_date: null,
  effective_end_date: null,
  conditions: [{ field: "name", operator: "equals", value: "Salary" }],
  attributes: { metadata: { label: "Base pay" } },
  entity_type: "pay_statement_item",
};

function pageOfPayment({ payment = "" }: Facts): { body: Json } {
  const requests: Json = [{ payment_id: payment || nobody, limit: 3, offset: 1 }, { payment_id: nobody }];
  return { body: { requests } };
}

const rulePath = "/employer/pay-statement-item/rule";

export const payrollStops: Stop[] = [
  {
    operation: "GET /employer/payment",
    note: "three months",
    send: ({ from = "", to = "" }) => ({ query: { start_date: from, end_date: to } }),
    keep: (body) => ({ payment: textAt(body, 0, "id"), payDate: textAt(body, 0, "pay_date") }),
  },
  {
    operation: "POST /employer/pay-statement",
    note: "a page of one payment, and an unknown one",
    send: pageOfPayment,
  },
  {
    operation: "POST /employer/ledger-items",
    note: "a page of one payment, and an unknown one",
    send: pageOfPayment,
  },
  {
    operation: "GET /employer/pay-statement-item",
    note: "all",
  },
  {
    operation: "GET /employer/pay-statement-item",
    note: "some",
    send: ({ from = "", to = "" }) => ({
      query: { categories: "earnings,taxes", name: "a", start_date: from, end_date: to },
    }),
  },
  {
    operation: `POST ${rulePath}`,
    note: "a rule that will go",
    status: 201,
    send: () => ({ body: rule }),
    keep: (body) => ({ oldRule: textAt(body, "id") }),
  },
  {
    operation: `DELETE ${rulePath}/{rule_id}`,
    note: "the rule",
    send: ({ oldRule = "" }) => ({ params: { rule_id: oldRule } }),
  },
  {
    operation: `POST ${rulePath}`,
    note: "a rule",
    status: 201,
    send: () => ({ body: rule }),
    keep: (body) => ({ rule: textAt(body, "id") }),
  },
  { operation: `GET ${rulePath}`, note: "the rules" },
  {
    operation: `PUT ${rulePath}/{rule_id}`,
    note: "the plain body",
    send: (facts) => ({ params: { rule_id: facts["rule"] ?? "" }, body: rule }),
  },
  {
    operation: `PUT ${rulePath}/{rule_id}`,
    note: "the body that the document has",
    send: (facts) => ({ params: { rule_id: facts["rule"] ?? "" }, body: { optionalProperty: rule } }),
  },
  {
    operation: "GET /employer/pay-groups",
    note: "all",
    keep: (body) => ({ payGroup: textAt(body, 0, "id") }),
  },
  {
    operation: "GET /employer/pay-groups",
    note: "of one person, by frequency",
    send: ({ individual = "" }) => ({
      query: { individual_id: individual, pay_frequencies: "weekly,monthly" },
    }),
  },
  {
    operation: "GET /employer/pay-groups/{pay_group_id}",
    note: "one",
    send: ({ payGroup = "" }) => ({ params: { pay_group_id: payGroup } }),
  },
];
