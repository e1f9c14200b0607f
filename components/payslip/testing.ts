import { addingUp } from "@/lib/domain/payroll/identities";
import type { StatementLineRow } from "@/db/repositories/pay-statements";
import { toPayslip } from "@/lib/domain/payroll/statements/to-payslip";
import type { PayslipView } from "@/lib/domain/payroll/statements/payslip-view";

/** Statements as the mirror has them, for tests of how they look. Never imported by the product. */

type Category = "earning" | "tax" | "deduction" | "contribution";
export type MadeLine = Partial<Omit<StatementLineRow, "category">> & { category: Category };

export interface MadeSlip {
  name?: string;
  provider?: string;
  grossPayCents?: bigint | null;
  netPayCents?: bigint | null;
  currency?: string | null;
  payDate?: string | null;
  nullCategories?: string[];
  lines?: readonly MadeLine[];
}

export const ordinaryLines: readonly MadeLine[] = [
  { category: "earning", type: "salary", name: "Regular wages", amountCents: 241_040n, hours: "65.5" },
  { category: "earning", type: "overtime", name: "Overtime wages", amountCents: 17_940n, hours: "3.25" },
  { category: "earning", type: "pto", name: "Paid leave, vacation", amountCents: 29_440n, hours: "8" },
  { category: "earning", type: "bonus", name: "Bonus, quarterly recall goal", amountCents: 25_000n },
  { category: "tax", type: "federal", name: "Federal income tax", amountCents: 31_204n, employer: false },
  { category: "tax", type: "fica", name: "Social Security", amountCents: 18_425n, employer: false },
  { category: "tax", type: "fica", name: "Medicare", amountCents: 4_309n, employer: false },
  { category: "tax", type: "state", name: "New York income tax", amountCents: 13_508n, employer: false },
  { category: "deduction", type: "401k", name: "401(k), traditional", amountCents: 18_805n, preTax: true },
  {
    category: "deduction",
    type: "s125_medical",
    name: "Medical, PPO employee",
    amountCents: 11_250n,
    preTax: true,
  },
  { category: "deduction", type: "hsa_pre", name: "HSA", amountCents: 5_000n, preTax: true },
  {
    category: "deduction",
    type: "custom_post_tax",
    name: "Pet insurance",
    amountCents: 1_895n,
    preTax: false,
  },
  { category: "tax", type: "fica", name: "Social Security (employer)", amountCents: 18_425n, employer: true },
  { category: "tax", type: "fica", name: "Medicare (employer)", amountCents: 4_309n, employer: true },
  { category: "contribution", type: "401k", name: "401(k) match", amountCents: 9_403n },
  { category: "contribution", type: "s125_medical", name: "Medical, employer share", amountCents: 28_800n },
];

/** A statement of Hanna Abebe, and her year as if each line had stood three times in it. */
export function madePayslip(made: MadeSlip = {}): PayslipView {
  const { currency = "usd", nullCategories = [], provider = "Gusto" } = made;
  const payDate = made.payDate === undefined ? "2026-11-06" : made.payDate;
  const grossPayCents = made.grossPayCents === undefined ? 313_420n : made.grossPayCents;
  const netPayCents = made.netPayCents === undefined ? 209_024n : made.netPayCents;
  const lines = (made.lines ?? ordinaryLines).map((line, ordinal) => ({
    ...{ ordinal, type: null, name: null, amountCents: null, hours: null, preTax: null, employer: null },
    ...{ currency, ...line },
  }));
  const totals = {
    gross: { amountCents: grossPayCents, currency },
    net: { amountCents: netPayCents, currency },
    lines,
    nullCategories,
  };
  const sums = lines.map(({ category, type, name, preTax, employer, amountCents, ...line }) => ({
    ...{ kind: "line" as const, category, type, name, preTax, employer, hours: null, count: 3 },
    currency: (line.currency ?? "").toLowerCase(),
    cents: String((amountCents ?? 0n) * 3n),
    missing: amountCents === null ? 3 : 0,
  }));
  const [firstName = "", ...lastName] = (made.name ?? "Hanna Abebe").split(" ");
  return toPayslip({
    row: {
      ...{
        id: "statement",
        connectionId: "connection",
        entityId: "",
        paymentId: "payment",
        individualId: "person",
      },
      ...{ ordinal: 0, type: "regular_payroll", paymentMethod: "direct_deposit", totalHours: "76.75" },
      ...{ grossPayCents, netPayCents, grossPayCurrency: currency, netPayCurrency: currency },
      ...{ payDate, payPeriodStart: "2026-10-18", payPeriodEnd: "2026-10-31", nullCategories },
      ...{ ...addingUp(totals), fetchedAt: new Date("2026-11-22T10:00:00Z") },
      person: {
        firstName,
        lastName: lastName.join(" "),
        preferredName: null,
        title: "Hygienist",
        department: null,
        deletedAt: null,
      },
    },
    ...{ lines, year: payDate === null ? null : sums, counterparts: new Map() },
    source: {
      ...{ id: "connection", providerId: "gusto", providerName: provider, products: ["pay_statement"] },
      ...{ syncKind: "automated", entities: [], unsupported: {} },
      dataRetrievedAt: new Date("2026-11-22T10:00:00Z"),
      ...{ lastSyncSucceededAt: null, actionNeededAt: null, permissionMissingAt: null },
      ...{ syncKind: "automated", entities: [], unsupported: null },
    },
    customer: { name: "Larkspur Dental Group", timeZone: "America/New_York" },
    company: { legalName: "Larkspur Dental Group LLC", ein: "12-3456789" },
    ...{ mayReadPerson: true, payment: null, before: null, after: null },
    ...{ now: new Date("2026-11-22T12:00:00Z"), today: "2026-11-22" },
  });
}
