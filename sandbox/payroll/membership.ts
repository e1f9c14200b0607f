import { earn } from "@/sandbox/payroll/earn";
import { newFigures } from "@/sandbox/payroll/figures";
import type { PayGroup } from "@/sandbox/payroll/records";
import type { Run } from "@/sandbox/payroll/runs";
import type { PayrollView } from "@/sandbox/payroll/view";

type Known = Pick<PayrollView, "plan" | "base" | "payees">;

const endOfTime = 1_000_000;

/** Whether anybody is paid on a run. Most runs are answered by the first person who is looked at. */
export function paysSomebody({ base, payees }: Known, run: Run): boolean {
  const { special, added } = payees;
  if (special.size === 0 && added.length === 0) return base.pays(run);
  const figures = newFigures();
  for (const profile of base.membersOf(run)) {
    const payee = special.get(profile.index);
    const written = payee !== undefined && run.pay > payee.since;
    if (written ? payees.isPaid(payee, run) : earn(profile, run, figures)) return true;
  }
  // Of whom something was written may have come from another group.
  for (const payee of special.values()) {
    if (run.pay > payee.since && payees.isPaid(payee, run)) return true;
  }
  return added.some((payee) => payees.isPaid(payee, run));
}

/** The pay groups that anybody is in or ever was, with the people who are. */
export function payGroupsOf({ plan, base, payees }: Known): PayGroup[] {
  const people = plan.groups.map((): string[] => []);
  const used = new Set<number>();
  for (const profile of base.profiles) {
    const payee = payees.special.get(profile.index);
    const current = payee ? payees.profileAt(payee, endOfTime) : profile;
    if (current) people[current.group]?.push(profile.id);
    for (const slot of payee ? payees.groupsOf(payee) : [profile.group]) used.add(slot);
  }
  for (const payee of payees.added) {
    const current = payees.profileAt(payee, endOfTime);
    if (current) people[current.group]?.push(payee.id);
    for (const slot of payees.groupsOf(payee)) used.add(slot);
  }
  return plan.groups
    .filter(({ slot }) => used.has(slot))
    .map(({ id, name, frequency, slot }) => {
      return { id, name, pay_frequencies: [frequency], individual_ids: people[slot] ?? [] };
    });
}
