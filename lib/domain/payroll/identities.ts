import { currencyKey } from "@/lib/format/money";
import type { PayLine } from "./lines";

/**
 * Which adding-up identity of a pay statement holds (DOMAIN 1.1). Pure. Providers differ in what they put into gross:
 * the first identity that holds to the cent is the statement's, and only "none" is a difference. Amounts of another
 * currency than the total's are never added to it.
 */

/** How gross pay is made of earnings. */
export const grossIdentities = [
  "earnings",
  "without_reimbursements",
  "without_imputed",
  "without_reimbursements_and_imputed",
  "none",
] as const;
export type GrossIdentity = (typeof grossIdentities)[number];

/** How net pay is made of gross pay. */
export const netIdentities = [
  "taxes_and_deductions",
  "taxes_and_deductions_unknown_by_employer",
  "plus_reimbursements",
  "plus_reimbursements_unknown_by_employer",
  "less_reimbursements",
  "less_reimbursements_unknown_by_employer",
  "none",
] as const;
export type NetIdentity = (typeof netIdentities)[number];

/** Minor units and the currency as Finch gave it. */
export interface Amount {
  amountCents: bigint | null;
  currency: string | null;
}

export type CountedLine = Pick<
  PayLine,
  "category" | "type" | "name" | "amountCents" | "currency" | "employer"
>;

export interface AddingUpInput {
  gross: Amount | null;
  net: Amount | null;
  lines: readonly CountedLine[];
  /** Categories that Finch gave as null, which is not an empty list. */
  nullCategories: readonly string[];
}

/** Null: it cannot be told, because a total, a list, or an amount that would have to be added is not there. */
export interface AddingUp {
  grossIdentity: GrossIdentity | null;
  netIdentity: NetIdentity | null;
}

const isIn = (total: Amount) => (line: CountedLine) =>
  currencyKey(line.currency) === currencyKey(total.currency);
const sum = (lines: readonly CountedLine[]) =>
  lines.reduce((total, line) => total + (line.amountCents ?? 0n), 0n);

/** Money that was spent for the employer, not earned. */
export const isReimbursement = ({ category, type }: CountedLine): boolean =>
  category === "earning" && type === "reimbursement";

/** Whether a tax is taken from the employee's pay: true, false, or null where Finch does not say. */
export const isEmployeeTax = ({ employer }: Pick<CountedLine, "employer">): boolean | null =>
  employer === null ? null : !employer;

const imputedName = /\bimputed\b|\bgroup[- ]?term\b|\bgtl\b/i;
const isUntyped = ({ type }: CountedLine) => type === null || type === "other";

/**
 * Earnings that are no money but the value of something (life insurance, a car): their name says so, or they have no
 * type and a deduction of the same size takes them back.
 */
export function imputedEarnings(lines: readonly CountedLine[]): CountedLine[] {
  const offsets = lines.filter(({ category }) => category === "deduction");
  const isTakenBack = (line: CountedLine) =>
    offsets.some(
      (offset) =>
        (offset.amountCents === line.amountCents || offset.amountCents === -(line.amountCents ?? 0n)) &&
        currencyKey(offset.currency) === currencyKey(line.currency),
    );
  return lines.filter(
    (line) =>
      line.category === "earning" &&
      (line.amountCents ?? 0n) !== 0n &&
      (imputedName.test(line.name ?? "") || (isUntyped(line) && isTakenBack(line))),
  );
}

/** @param input a statement as Finch gave it; amounts in minor units */
export function addingUp(input: AddingUpInput): AddingUp {
  return { grossIdentity: grossIdentityOf(input), netIdentity: netIdentityOf(input) };
}

function grossIdentityOf({ gross, lines, nullCategories }: AddingUpInput): GrossIdentity | null {
  if (!gross || gross.amountCents === null || nullCategories.includes("earning")) return null;
  const earnings = lines.filter(({ category }) => category === "earning");
  const counted = earnings.filter(isIn(gross));
  const reimbursed = sum(counted.filter(isReimbursement));
  const imputed = sum(imputedEarnings(lines).filter(isIn(gross)));
  const all = sum(counted);
  const ways: [GrossIdentity, bigint][] = [
    ["earnings", all],
    ["without_reimbursements", all - reimbursed],
    ["without_imputed", all - imputed],
    ["without_reimbursements_and_imputed", all - reimbursed - imputed],
  ];
  const held = ways.find(([, total]) => total === gross.amountCents);
  return held?.[0] ?? (isWhole(earnings, gross) ? "none" : null);
}

function netIdentityOf({ gross, net, lines, nullCategories }: AddingUpInput): NetIdentity | null {
  if (!gross || !net || gross.amountCents === null || net.amountCents === null) return null;
  if (currencyKey(gross.currency) !== currencyKey(net.currency)) return null;
  const taken = lines.filter(
    (line) => line.category === "deduction" || (line.category === "tax" && line.employer !== true),
  );
  const counted = taken.filter(isIn(net));
  const unknown = counted.filter((line) => line.category === "tax" && line.employer === null);
  const reimbursed = sum(lines.filter(isReimbursement).filter(isIn(net)));
  const base = gross.amountCents - sum(counted);
  const ways: [NetIdentity, bigint][] = [
    ["taxes_and_deductions", base],
    ["taxes_and_deductions_unknown_by_employer", base + sum(unknown)],
    ["plus_reimbursements", base + reimbursed],
    ["plus_reimbursements_unknown_by_employer", base + reimbursed + sum(unknown)],
    ["less_reimbursements", base - reimbursed],
    ["less_reimbursements_unknown_by_employer", base - reimbursed + sum(unknown)],
  ];
  const held = ways.find(([, total]) => total === net.amountCents);
  if (held) return held[0];
  const isTold = !nullCategories.includes("tax") && !nullCategories.includes("deduction");
  return isTold && isWhole(taken, net) ? "none" : null;
}

/** Whether every line has an amount that can be added to the total. */
const isWhole = (lines: readonly CountedLine[], total: Amount) =>
  lines.every((line) => line.amountCents !== null && isIn(total)(line));
