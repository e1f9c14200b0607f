import { weekdaysBetween } from "@/sandbox/payroll/calendar";
import { grossOf, put, type Figures } from "@/sandbox/payroll/figures";
import { hoursAt, slot } from "@/sandbox/payroll/lines";
import type { PayProfile, Rate } from "@/sandbox/payroll/profile";
import type { Run } from "@/sandbox/payroll/runs";
import { periodsPerYear } from "@/sandbox/payroll/schedule";

const hoursPerYear = 2080;

/** A number in [0, 1) that depends on the person, the run and the question. */
function chanceOf(profile: PayProfile, run: Run, question: number): number {
  let h = Math.imul(profile.seed ^ Math.imul(run.serial + 1, 0x9e3779b1), 0x85ebca6b) + question * 0x27d4eb2f;
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return ((h ^ (h >>> 15)) >>> 0) / 4294967296;
}

const ask = {
  pto: 1,
  sick: 2,
  overtime: 3,
  double: 4,
  commission: 5,
  tips: 6,
  expense: 7,
  hours: 8,
  extra: 9,
};
const quarter = (hours: number) => Math.round(hours * 4) / 4;

/** What happens between one change of pay and the next is paid at one rate. */
function eachStretch(profile: PayProfile, run: Run, visit: (rate: Rate, weekdays: number) => void): void {
  const { rates, spans } = profile;
  for (const span of spans) {
    const from = Math.max(span.from, run.start);
    const to = Math.min(span.to, run.end);
    for (let place = 0, at = from; place < rates.length && at <= to; place++) {
      const rate = rates[place];
      const until = Math.min(to, (rates[place + 1]?.from ?? to + 1) - 1);
      if (!rate || until < at) continue;
      const weekdays = weekdaysBetween(at, until);
      if (weekdays > 0) visit(rate, weekdays);
      at = until + 1;
    }
  }
}

function payHours(profile: PayProfile, run: Run, rate: Rate, weekdays: number, figures: Figures): void {
  if (profile.contractor) {
    const hours = quarter(weekdays * (profile.dailyHours - chanceOf(profile, run, ask.hours) * 2));
    put(figures, slot.contract, Math.round(rate.cents * hours), hours);
    return;
  }
  const offDays = Math.min(weekdays, chanceOf(profile, run, ask.pto) < 0.12 ? 1 : 0);
  const sickDays = Math.min(weekdays - offDays, chanceOf(profile, run, ask.sick) < 0.05 ? 1 : 0);
  const spread = profile.dailyHours === 8 ? 0 : Math.floor(chanceOf(profile, run, ask.hours) * 5) / 4 - 0.5;
  const hours = Math.max(0, quarter((weekdays - offDays - sickDays) * (profile.dailyHours + spread)));
  put(figures, slot.wage, Math.round(rate.cents * hours), hours);
  const off = offDays * profile.dailyHours;
  const sick = sickDays * profile.dailyHours;
  if (off > 0) put(figures, slot.pto, Math.round(rate.cents * off), off);
  if (sick > 0) put(figures, slot.sick, Math.round(rate.cents * sick), sick);
  if (!profile.overtime || weekdays < 5 || figures[hoursAt + slot.overtime]) return;
  const over = chanceOf(profile, run, ask.overtime);
  if (over < 0.35) {
    const extra = quarter(0.5 + over * 20);
    put(figures, slot.overtime, Math.round(rate.cents * 1.5 * extra), extra);
  }
  if (chanceOf(profile, run, ask.double) < 0.04) put(figures, slot.doubleOvertime, rate.cents * 2 * 4, 4);
}

function paySalary(profile: PayProfile, run: Run, annual: number, part: number, figures: Figures): void {
  const periods = run.group ? periodsPerYear[run.group.frequency] : 1;
  const cents = Math.round((annual / periods) * part);
  const hours = Math.round((hoursPerYear / periods) * part * 100) / 100;
  const dayOff = part === 1 && chanceOf(profile, run, ask.pto) < 0.15 ? 8 : 0;
  const daySick = part === 1 && dayOff === 0 && chanceOf(profile, run, ask.sick) < 0.05 ? 8 : 0;
  const away = dayOff + daySick;
  const awayCents = Math.round((annual / hoursPerYear) * away);
  put(figures, profile.contractor ? slot.contract : slot.salary, cents - awayCents, hours - away);
  if (away > 0) put(figures, dayOff > 0 ? slot.pto : slot.sick, awayCents, away);
}

function payExtras(profile: PayProfile, run: Run, figures: Figures): void {
  const base = grossOf(figures);
  if (profile.commission && chanceOf(profile, run, ask.commission) < 0.5) {
    put(figures, slot.commission, Math.round(base * (0.02 + chanceOf(profile, run, ask.extra) * 0.18)));
  }
  if (profile.tips)
    put(figures, slot.tips, Math.round(base * (0.05 + chanceOf(profile, run, ask.tips) * 0.1)));
  const expense = chanceOf(profile, run, ask.expense);
  if (expense < 0.06) put(figures, slot.reimbursement, 1_500 + Math.round(expense * 400_000));
  const last = profile.spans.at(-1);
  if (last && profile.severanceWeeks > 0 && last.to <= run.end && profile.rates.at(-1)?.unit === "year") {
    put(
      figures,
      slot.severance,
      Math.round(((profile.rates.at(-1)?.cents ?? 0) / 52) * profile.severanceWeeks),
    );
  }
}

/** The earnings of a regular run: by calendar, employment dates and income history. */
function earnRegular(profile: PayProfile, run: Run, figures: Figures): void {
  const total = weekdaysBetween(run.start, run.end);
  let paid = false;
  eachStretch(profile, run, (rate, weekdays) => {
    paid = true;
    if (rate.unit === "hour") payHours(profile, run, rate, weekdays, figures);
    else if (rate.unit === "year") paySalary(profile, run, rate.cents, weekdays / total, figures);
    else
      put(
        figures,
        profile.contractor ? slot.contract : slot.salary,
        Math.round((rate.cents * weekdays) / total),
      );
  });
  if (paid) payExtras(profile, run, figures);
}

const daysBeforeBonus = 90;

/** What a person makes in a year at the pay of a day, in cents; nothing where pay is not by time. */
export function annualOf(profile: PayProfile, day: number): number {
  let rate: Rate | undefined;
  for (const entry of profile.rates) if (!rate || entry.from <= day) rate = entry;
  if (!rate) return 0;
  return rate.unit === "hour" ? rate.cents * hoursPerYear : rate.unit === "year" ? rate.cents : 0;
}

/** The earnings of a run outside of the calendar: a few people, one line each. */
function earnOffCycle(profile: PayProfile, run: Run, figures: Figures): void {
  if (profile.contractor || !isEmployed(profile, run.pay, run.pay)) return;
  const chance = chanceOf(profile, run, ask.extra);
  const annual = annualOf(profile, run.pay);
  const longHere = isEmployed(profile, run.pay - daysBeforeBonus, run.pay - daysBeforeBonus);
  if (run.kind === "bonus" && longHere && profile.rates[0]?.unit === "year") {
    put(figures, slot.bonus, Math.round((annual * (0.03 + chance * 0.09)) / 100) * 100);
  }
  if (run.kind === "correction" && chance < 0.12 && isEmployed(profile, run.start, run.end)) {
    put(figures, slot.correction, Math.round((annual / hoursPerYear) * quarter(1 + chance * 40)));
  }
  if (run.kind === "award" && chance < 0.1)
    put(figures, slot.bonus, 25_000 + Math.floor(chance * 100) * 5_000);
}

/** Whether somebody is employed on any day of a stretch. */
export function isEmployed(profile: PayProfile, from: number, to: number): boolean {
  for (const span of profile.spans) if (span.from <= to && span.to >= from) return true;
  return false;
}

/** Whether somebody takes part in a run at all, before anything is computed. */
export function mayBePaid(profile: PayProfile, run: Run): boolean {
  if (run.group) return run.group.slot === profile.group && isEmployed(profile, run.start, run.end);
  return isEmployed(profile, run.pay, run.pay);
}

/** Writes the earnings; false where the person is not paid. */
export function earn(profile: PayProfile, run: Run, figures: Figures): boolean {
  if (!mayBePaid(profile, run)) return false;
  figures.fill(0);
  if (run.group) earnRegular(profile, run, figures);
  else earnOffCycle(profile, run, figures);
  return grossOf(figures) > 0;
}
