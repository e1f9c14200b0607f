import type { ItemRuleRow } from "@/db/repositories/item-rules";
import { sha256 } from "@/lib/crypto/hash";
import { DomainError } from "@/lib/domain/errors";

/**
 * What tells a mirrored rule from itself as it was before: all that it says, and not when it was read. Finch gives rules
 * no version of their own.
 */
export const ruleVersion = (row: ItemRuleRow): string =>
  sha256(
    JSON.stringify([
      row.conditions,
      row.attributes,
      row.priority,
      row.effectiveStartDate,
      row.effectiveEndDate,
    ]),
  );

/** @throws DomainError CONFLICT where the rule is not what the reader saw: nobody takes back a change unseen */
export function requireSeen(row: ItemRuleRow, seen: string | null): void {
  if (seen !== ruleVersion(row))
    throw new DomainError(
      "CONFLICT",
      "This rule is other than when you opened it. Close this, look at the rule as it is now, and ask again.",
    );
}
