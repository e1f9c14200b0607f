import type { Case, CasePlace } from "@/sandbox/cases/case";
import type { Ground, Seedbed } from "@/sandbox/cases/seedbed";
import { deduction, earning, replaceDeductions, slipOf, withLines } from "@/sandbox/cases/slips";
import type { PayStatement, StatementChange } from "@/sandbox/payroll";

export const payslips = (bed: Seedbed): Ground => bed.ground("Odd Payslips");

type Change = (slip: PayStatement) => StatementChange;

/** Changes the first statements of a run, each in its own way. */
function changed(run: number, ...changes: Change[]): (bed: Seedbed) => CasePlace {
  return (bed) => {
    const ground = payslips(bed);
    const slips = changes.map((change, seat) => {
      const slip = slipOf(ground, run, seat);
      ground.edits.editStatement(slip.payment_id, slip.individual_id, change);
      return slip;
    });
    return { ...ground.found, ...slips[0] };
  };
}

const netOf = (slip: PayStatement) => slip.net_pay?.amount ?? 0;
const withHours =
  (hours: number | null): Change =>
  (slip) => ({
    total_hours: hours,
    earnings: (slip.earnings ?? []).map((line, place) => (line && place === 0 ? { ...line, hours } : line)),
  });

const firstOf = <T>(lines: readonly T[] | null, change: (line: T) => T): T[] =>
  (lines ?? []).map((line, place) => (place === 0 ? change(line) : line));

function withoutTaxAmount(slip: PayStatement): StatementChange {
  const taxes = firstOf(slip.taxes, (line) => {
    const { amount: _amount, ...rest } = line;
    return rest;
  });
  return { taxes };
}

/** Statements that add up in another way, or not at all. */
export const oddSlips: readonly Case[] = [
  {
    number: 8,
    title: "Net pay is zero, gross is not",
    plant: changed(0, (slip) =>
      withLines(slip, { deductions: [deduction("Garnishment", null, netOf(slip), false)] }),
    ),
  },
  {
    number: 9,
    title: "Net pay is below zero",
    plant: changed(1, (slip) =>
      withLines(slip, { deductions: [deduction("Advance Repayment", null, netOf(slip) + 12_345, false)] }),
    ),
  },
  {
    number: 10,
    title: "Gross is null, earnings are there",
    plant: changed(2, () => ({ gross_pay: null })),
  },
  {
    number: 11,
    title: "Earnings are null on one statement and an empty list on the next",
    plant: changed(
      3,
      () => ({ earnings: null }),
      () => ({ earnings: [] }),
    ),
  },
  {
    number: 12,
    title: "A line without an amount",
    plant: changed(4, (slip) => ({
      earnings: firstOf(slip.earnings, (line) => line && { ...line, amount: null }),
    })),
  },
  {
    number: 13,
    title: "Hours that are null, zero and 79.9833",
    plant: changed(5, withHours(null), withHours(0), withHours(79.9833)),
  },
  { number: 14, title: "A tax without the key of its amount", plant: changed(6, withoutTaxAmount) },
  {
    number: 15,
    title: "A tax of which it is not known who pays it",
    plant: changed(7, (slip) => ({ taxes: firstOf(slip.taxes, (line) => ({ ...line, employer: null })) })),
  },
  {
    number: 16,
    title: "A reimbursement that gross leaves out",
    plant: changed(8, (slip) => {
      const paid = withLines(slip, { earnings: [earning("Mileage Reimbursement", "reimbursement", 15_000)] });
      return { ...paid, gross_pay: slip.gross_pay };
    }),
  },
  {
    number: 17,
    title: "Imputed life insurance with its offset",
    plant: changed(9, (slip) =>
      withLines(slip, {
        earnings: [earning("Group Term Life (imputed)", "other", 1_250)],
        deductions: [deduction("Group Term Life Offset", null, 1_250, false)],
      }),
    ),
  },
  {
    number: 18,
    title: "A 401(k) deduction of which it is not known whether it is pre-tax",
    plant: changed(10, (slip) =>
      replaceDeductions(slip, "401k", [deduction("401(k)", "401k", 30_000, null)]),
    ),
  },
  {
    number: 19,
    title: "A 401(k) deduction that is not pre-tax",
    plant: changed(11, (slip) =>
      replaceDeductions(slip, "401k", [deduction("401(k)", "401k", 30_000, false)]),
    ),
  },
  {
    number: 20,
    title: "A Roth deduction that says it is pre-tax",
    plant: changed(12, (slip) =>
      replaceDeductions(slip, "401k_roth", [deduction("Roth 401(k)", "401k_roth", 25_000, true)]),
    ),
  },
  {
    number: 21,
    title: "Both kinds of HSA deduction on one statement",
    plant: changed(13, (slip) =>
      replaceDeductions(slip, "hsa_pre", [
        deduction("HSA", "hsa_pre", 10_000, true),
        deduction("HSA After Tax", "hsa_post", 5_000, false),
      ]),
    ),
  },
  {
    number: 22,
    title: "A deduction without a type, named 1j7dfp",
    plant: changed(14, (slip) => withLines(slip, { deductions: [deduction("1j7dfp", null, 4_200, true)] })),
  },
  {
    number: 23,
    title: "One name for two types of earnings",
    plant: changed(15, (slip) =>
      withLines(slip, {
        earnings: [earning("Incentive", "bonus", 50_000), earning("Incentive", "commission", 35_000)],
      }),
    ),
  },
  {
    number: 24,
    title: "A line and its reversal in the same payment",
    plant: changed(16, (slip) =>
      withLines(slip, {
        earnings: [earning("Spot Award", "bonus", 40_000), earning("Spot Award", "bonus", -40_000)],
      }),
    ),
  },
];
