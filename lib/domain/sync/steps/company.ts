import { upsertCompany } from "@/db/repositories/mirror-company";
import { upsertRawRecords } from "@/db/repositories/raw-records";
import { updateStep } from "@/db/repositories/sync-steps";
import { loadVault } from "@/lib/domain/keys/customer-vault";
import { getCompany, type FinchBankAccount } from "@/lib/finch";
import { fetchTime, inLease } from "../lease";
import { saveFreshness } from "../save-progress";
import { sealValues, type SecretValue } from "../seal-values";
import type { Step } from "../work";

/** Mirrors the company; account and routing numbers are sealed apart, by the account's place in the list. */
export const companyStep: Step = async (work) => {
  const fetchedAt = await fetchTime(work.ctx);
  const outcome = await getCompany(work.caller, work.token, work.scope);
  if (outcome.kind !== "ok") return { end: "failed", failure: outcome };
  const { raw, id, accounts, ...company } = outcome.data;
  await inLease(work.ctx, work.lease, async (tx, held) => {
    const companyId = await upsertCompany(
      tx,
      work.scope,
      { ...company, finchCompanyId: id, accounts: accounts?.map(withoutNumbers) ?? null },
      fetchedAt,
    );
    if (companyId !== null) {
      const vault = await loadVault(tx, work.scope.customerId);
      const values = (accounts ?? []).flatMap((account, ordinal) => numbersOf(companyId, account, ordinal));
      await sealValues(
        tx,
        vault,
        { ...work.scope, ownerTable: "companies" },
        [companyId],
        ["account", "routing"],
        values,
      );
    }
    await upsertRawRecords(tx, work.scope, "company", [{ finchId: id, raw }], fetchedAt);
    await saveFreshness(tx, held, "company", outcome.age, fetchedAt);
    await updateStep(tx, work.lease.key, { done: 1, total: 1 });
  });
  return { end: "done" };
};

function withoutNumbers({ accountName, institutionName, accountType }: FinchBankAccount) {
  return { accountName, institutionName, accountType };
}

function numbersOf(ownerId: string, account: FinchBankAccount, ordinal: number): SecretValue[] {
  return [
    ...(account.accountNumber ? [{ ownerId, kind: "account", ordinal, secret: account.accountNumber }] : []),
    ...(account.routingNumber ? [{ ownerId, kind: "routing", ordinal, secret: account.routingNumber }] : []),
  ];
}
