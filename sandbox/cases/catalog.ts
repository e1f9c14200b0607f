import type { Case } from "@/sandbox/cases/case";
import { corrections } from "@/sandbox/cases/corrections";
import { currencyCases } from "@/sandbox/cases/currencies";
import { oddDates } from "@/sandbox/cases/dates";
import { oddDeductions } from "@/sandbox/cases/deductions";
import { oddPeople } from "@/sandbox/cases/odd-people";
import { oddSlips } from "@/sandbox/cases/odd-slips";

/** All cases, by number. */
export const cases: readonly Case[] = [
  ...oddDates,
  ...oddSlips,
  ...corrections,
  ...oddPeople,
  ...currencyCases,
  ...oddDeductions,
].sort((a, b) => a.number - b.number);
