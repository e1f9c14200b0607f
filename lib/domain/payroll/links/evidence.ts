import type { SuggestedPairRow } from "@/db/repositories/individual-links";

/** What speaks for two records being one person; never the values themselves. */
type EvidenceKind = "ssn" | "birth_date" | "name" | "email" | "finch_id";

export function evidenceOf(
  pair: Pick<SuggestedPairRow, "ssn" | "birthDate" | "name" | "email" | "finchId">,
): EvidenceKind[] {
  const found: [EvidenceKind, boolean][] = [
    ["ssn", pair.ssn],
    ["birth_date", pair.birthDate],
    ["name", pair.name],
    ["email", pair.email],
    ["finch_id", pair.finchId],
  ];
  return found.filter(([, holds]) => holds).map(([kind]) => kind);
}
