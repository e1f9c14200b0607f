import type { Tx } from "@/db/client";
import { replaceIncomes, updateEmployments, type IncomeValues } from "@/db/repositories/mirror-employment";
import { upsertRawRecords } from "@/db/repositories/raw-records";
import { streamEmployments, type FinchEmployment, type FinchIncome } from "@/lib/finch";
import type { StepEnd, StepWork } from "../work";
import { pageSizes } from "../page-sizes";
import { mirrorBatches, type IsErased, type PersonData } from "./batches";
import { withoutManager } from "./without-manager";

/** Mirrors employment and income; incomes are replaced as a set. */
export function employmentStep(work: StepWork, size = pageSizes.people): Promise<StepEnd> {
  return mirrorBatches<FinchEmployment>(work, {
    product: "employment",
    size,
    stream: (individualIds, onItems) =>
      streamEmployments(work.caller, work.token, { ...work.scope, individualIds }, onItems),
    write: (tx, people, fetchedAt, isErased) =>
      write(tx, work, people.map(withoutErasedManager(isErased)), fetchedAt),
  });
}

const withoutErasedManager =
  (isErased: IsErased) =>
  ({ person, data }: PersonData<FinchEmployment>): PersonData<FinchEmployment> => {
    const { managerId, raw } = data;
    if (managerId === null || !isErased(managerId)) return { person, data };
    return { person, data: { ...data, managerId: null, raw: withoutManager(raw) } };
  };

async function write(
  tx: Tx,
  work: StepWork,
  people: readonly PersonData<FinchEmployment>[],
  fetchedAt: Date,
): Promise<void> {
  const rows = people.map(
    ({ person, data: { raw: _raw, income: _income, incomeHistory: _history, ...job } }) => ({
      ...job,
      id: person.id,
    }),
  );
  const accepted = await updateEmployments(tx, work.scope, rows, fetchedAt);
  const incomes = people.filter(({ person }) => accepted.has(person.id)).flatMap(incomesOf);
  await replaceIncomes(tx, work.scope, [...accepted], incomes, fetchedAt);
  const raws = people.map(({ person, data }) => ({ finchId: person.finchId, raw: data.raw }));
  await upsertRawRecords(tx, work.scope, "employment", raws, fetchedAt);
}

/** The current income is ordinal 0; the past ones follow in Finch's order. */
function incomesOf({ person, data }: PersonData<FinchEmployment>): IncomeValues[] {
  const row = (income: FinchIncome, ordinal: number): IncomeValues => ({
    individualId: person.id,
    ordinal,
    unit: income.unit,
    amountCents: income.amountCents?.toString() ?? null,
    currency: income.currency,
    effectiveDate: income.effectiveDate,
  });
  const current = data.income ? [row(data.income, 0)] : [];
  return [...current, ...(data.incomeHistory ?? []).map((income, index) => row(income, index + 1))];
}
