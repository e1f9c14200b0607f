import { z } from "zod";
import type { Tx } from "@/db/client";
import { countRecoveryCodes, replaceRecoveryCodes } from "@/db/repositories/recovery-codes";
import { DomainError } from "@/lib/domain/errors";
import { tellFactorChange } from "./factor-mail";
import { inIdentity, lockFactors } from "./identity";
import { loadFactors } from "./load-factors";
import { requireMayEnroll, type Person } from "./person";
import { hashRecoveryCode, newRecoveryCodes } from "./recovery";
import type { EnrolledView, FactorKind } from "./views";

export const FactorName = z
  .string()
  .trim()
  .min(1, "Give it a name by which you will know it.")
  .max(60, "A name has at most 60 characters.");

interface NewFactor {
  kind: FactorKind;
  id: string;
  name: string;
  /** Nobody chose the name: a number is added where another factor has it. */
  unnamed: boolean;
  /** False where it is there already. */
  insert: (tx: Tx, name: string) => Promise<boolean>;
}

/** More than anybody has; the list stays readable. */
const factorsAtMost = 20;

/**
 * Adds a factor whose possession was just proved. Who may is decided again under the lock: of two first factors at
 * once the second needs a step-up with the first. With the first comes a set of recovery codes.
 */
export async function enrollFactor(person: Person, factor: NewFactor): Promise<EnrolledView> {
  const { userId } = person;
  return inIdentity(async (tx) => {
    await lockFactors(tx, userId);
    const before = await loadFactors(tx, userId);
    await requireMayEnroll(tx, person, before.length > 0);
    if (before.length >= factorsAtMost) {
      throw new DomainError("CONFLICT", `An account has at most ${factorsAtMost} factors. Remove one first.`);
    }
    const name = factor.unnamed ? freeName(factor.name, before) : factor.name;
    if (!(await factor.insert(tx, name))) throw new DomainError("CONFLICT", "This one is set up already.");
    const recoveryCodes = await firstRecoveryCodes(tx, userId);
    const added = (await loadFactors(tx, userId)).find(({ id }) => id === factor.id);
    if (!added) throw new TypeError("An added factor is not there");
    await tellFactorChange(tx, { userId, change: "added", ...factor, name });
    return { factor: added, recoveryCodes };
  });
}

/** "Authenticator app", then "Authenticator app 2". */
function freeName(wanted: string, taken: readonly { name: string }[]): string {
  const isTaken = (name: string) => taken.some((factor) => factor.name === name);
  if (!isTaken(wanted)) return wanted;
  let number = 2;
  while (isTaken(`${wanted} ${number}`)) number += 1;
  return `${wanted} ${number}`;
}

async function firstRecoveryCodes(tx: Tx, userId: string): Promise<string[] | null> {
  if ((await countRecoveryCodes(tx, userId)).total > 0) return null;
  const codes = newRecoveryCodes();
  await replaceRecoveryCodes(
    tx,
    userId,
    codes.map((code) => hashRecoveryCode(userId, code)),
  );
  return codes;
}
