import type { PayStatement, StatementChange } from "@/sandbox/payroll";
import type { Ground } from "./ground";

/** Things that happen to payroll after it was run. Each changes something, or does nothing. */

type Lines = {
  earnings: NonNullable<PayStatement["earnings"]>[number];
  taxes: NonNullable<PayStatement["taxes"]>[number];
};

const amount = (ground: Ground) => ground.pick([0, 1, -1, ground.number(-200_000, 900_000), null]);
const currency = (ground: Ground) => ground.pick(["usd", "usd", "USD", "jpy", "kwd"]);
const hours = (ground: Ground) =>
  ground.pick([null, 0, 79.9833, 0.1, 0.2, 40, ground.number(0, 9_999) / 100]);

const money = (ground: Ground) => ({ amount: amount(ground), currency: currency(ground) });

function earning(ground: Ground): Lines["earnings"] {
  return {
    type: ground.pick(["salary", "bonus", "1099", "reimbursement", null] as const),
    name: ground.pick(["Salary", "1j7dfp", "Referral Bonus", null]),
    amount: amount(ground),
    currency: currency(ground),
    hours: hours(ground),
  };
}

function tax(ground: Ground): Lines["taxes"] {
  const line: Lines["taxes"] = {
    type: ground.pick(["federal", "fica", "state", null] as const),
    name: ground.pick(["FICA", "Federal Income Tax", null]),
    employer: ground.pick([true, false, null]),
    amount: amount(ground),
    currency: currency(ground),
  };
  if (ground.chance(0.3)) delete line?.amount;
  return line;
}

const listOf = <T>(ground: Ground, make: () => T): T[] | null =>
  ground.pick([null, [], [make()], [make(), make()], [make(), make(), make()]]);

function slipChange(ground: Ground): StatementChange {
  const deduction = () => ({
    type: ground.pick(["401k", "hsa_pre", "s125_medical", null] as const),
    name: ground.pick(["401(k)", "Health", null]),
    pre_tax: ground.pick([true, false, null]),
    amount: amount(ground),
    currency: currency(ground),
  });
  const contribution = () => {
    const { pre_tax: _preTax, ...line } = deduction();
    return line;
  };
  return ground.pick<() => StatementChange>([
    () => ({ gross_pay: ground.pick([null, money(ground)]) }),
    () => ({ net_pay: ground.pick([null, money(ground)]), total_hours: hours(ground) }),
    () => ({ gross_pay: money(ground), net_pay: money(ground) }),
    () => ({ earnings: listOf(ground, () => earning(ground)) }),
    () => ({ taxes: listOf(ground, () => tax(ground)) }),
    () => ({ employee_deductions: listOf(ground, deduction) }),
    () => ({ employer_contributions: listOf(ground, contribution) }),
    () => ({ type: ground.pick(["off_cycle_payroll", null] as const), payment_method: null }),
  ])();
}

export function editSlip(ground: Ground): void {
  const entity = ground.entity();
  const slip = ground.slip(entity);
  if (!slip) return;
  const change = slipChange(ground);
  ground.edits(entity).editStatement(slip.payment.id, slip.individualId, change);
  ground.tell(`${Object.keys(change).join(", ")} of ${slip.individualId} on ${slip.payment.id} change`);
}

/** A second slip of somebody who is paid already, or a first one. */
export function addSlip(ground: Ground): void {
  const entity = ground.entity();
  const slip = ground.slip(entity);
  if (!slip) return;
  const individual_id = ground.chance(0.6) ? slip.individualId : ground.pick(ground.people(entity)).id;
  ground
    .edits(entity)
    .addStatement(slip.payment.id, { individual_id, ...slipChange(ground), ...slipChange(ground) });
  ground.tell(`${individual_id} gets another slip on ${slip.payment.id}`);
}

/** Statements go, one or most of them: page borders shift. One stays, for nothing at all is held. */
export function removeSlips(ground: Ground): void {
  const entity = ground.entity();
  const slip = ground.slip(entity);
  const ids = [...new Set(slip?.payment.individual_ids ?? [])];
  if (!slip || ids.length < 2) return;
  const gone = ids.slice(0, ground.chance(0.5) ? 1 : ground.number(1, ids.length - 1));
  ground.edits(entity).removeStatements(slip.payment.id, gone);
  ground.tell(`${gone.length} of ${ids.length} slips of ${slip.payment.id} go`);
}

/** To somebody else, who may have left or be paid on it already. */
export function moveSlip(ground: Ground): void {
  const entity = ground.entity();
  const slip = ground.slip(entity);
  if (!slip) return;
  const to = ground.pick(ground.people(entity)).id;
  if (to === slip.individualId) return;
  ground.edits(entity).moveStatement(slip.payment.id, slip.individualId, to);
  ground.tell(`the slip of ${slip.individualId} on ${slip.payment.id} moves to ${to}`);
}

export function movePayDate(ground: Ground): void {
  const entity = ground.entity();
  const slip = ground.slip(entity);
  if (!slip) return;
  const day = ground.pick([ground.day(), ground.day(), ground.day(), null]);
  ground.edits(entity).editPayment(slip.payment.id, { pay_date: day });
  ground.tell(`${slip.payment.id} moves from ${slip.payment.pay_date ?? "no date"} to ${day ?? "no date"}`);
}

export function editPayment(ground: Ground): void {
  const entity = ground.entity();
  const slip = ground.slip(entity);
  if (!slip) return;
  const change = ground.pick([
    { debit_date: ground.pick([null, ground.day()]) },
    { gross_pay: ground.pick([null, money(ground)]), net_pay: money(ground) },
    { pay_group_ids: ground.pick([null, []]), pay_frequencies: ground.pick([null, []]) },
    { pay_period: ground.pick([null, { start_date: null, end_date: ground.day() }]) },
  ]);
  ground.edits(entity).editPayment(slip.payment.id, change);
  ground.tell(`${Object.keys(change).join(", ")} of ${slip.payment.id} change`);
}

export function deletePayment(ground: Ground): void {
  const entity = ground.entity();
  const payments = ground.payments(entity);
  // A list that becomes empty is held, not believed.
  if (payments.length < 4) return;
  const { id } = ground.pick(payments);
  ground.edits(entity).deletePayment(id);
  ground.tell(`${id} is deleted`);
}

export function addPayment(ground: Ground): void {
  const entity = ground.entity();
  const day = ground.day();
  const date = ground.chance(0.1) ? null : day;
  const people = ground.people(entity);
  const paid = people.slice(0, ground.number(1, people.length)).map(({ id }) => ({
    individual_id: id,
    ...(ground.chance(0.5) ? slipChange(ground) : {}),
  }));
  const period = { start_date: day, end_date: day };
  const { payment_id } = ground
    .edits(entity)
    .addPayment({ ...period, pay_date: date, debit_date: date, pay_statements: paid });
  ground.tell(`${payment_id} is run for ${date ?? "no date"} with ${paid.length} slips`);
}

/** Statements that answer 202 or an error for a while. */
export function holdSlips(ground: Ground): void {
  const slip = ground.slip(ground.entity());
  if (!slip) return;
  const hold = {
    code: ground.pick([202, 202, 500, 502, 404] as const),
    times: ground.number(1, 3),
    fromOffset: ground.pick([0, 0, 1]),
  };
  ground.edits(ground.entity()).holdStatements(slip.payment.id, hold);
  ground.tell(`the slips of ${slip.payment.id} answer ${hold.code} ${hold.times} times`);
}

export async function changeRules(ground: Ground): Promise<void> {
  const entity = `?entity_ids=${ground.entity().id}`;
  const path = "/employer/pay-statement-item/rule";
  const { responses } = await ground.ask<{ responses: { id: string }[] }>("GET", path + entity);
  const value = ground.pick(["Salary", "FICA", "401(k)", "Federal Income Tax"]);
  const rule = {
    conditions: [{ field: "name", operator: "equals", value }],
    attributes: { metadata: { plan: ground.number(1, 9) } },
    effective_start_date: ground.pick([null, ground.day()]),
  };
  const known = responses.length > 0 ? ground.pick(responses).id : null;
  if (known === null || ground.chance(0.4)) await ground.ask("POST", path + entity, rule);
  else if (ground.chance(0.5)) await ground.ask("PUT", `${path}/${known}${entity}`, rule);
  else await ground.ask("DELETE", `${path}/${known}${entity}`);
  ground.tell("the rules change");
}
