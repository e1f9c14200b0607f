import type { ConnectionRow } from "@/db/repositories/connections";
import type { ProviderRow } from "@/db/repositories/providers";

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const list = (value: unknown) => (Array.isArray(value) ? value.filter(isRecord) : []);

/** What a kind of deduction says of reading the company's list; undefined where Finch does not say. */
function readingOf(support: unknown): unknown {
  const operations = isRecord(support) ? support["supported_operations"] : undefined;
  const company = isRecord(operations) ? operations["company_benefits"] : undefined;
  return isRecord(company) ? company["read"] : undefined;
}

/**
 * Whether deductions can be read at all: not where Finch's people write them (DOMAIN 5.1), and not where the
 * provider's own row says so of every kind of deduction for this way of signing in (Finch: Providers). Pure.
 */
export function canReadBenefits(
  connection: Pick<ConnectionRow, "syncKind" | "authenticationMethods">,
  provider: Pick<ProviderRow, "authenticationMethods"> | null,
): boolean {
  if (connection.syncKind === "assisted") return false;
  const used = new Set(list(connection.authenticationMethods).map((method) => method["type"]));
  const methods = list(provider?.authenticationMethods).filter((method) => used.has(method["type"]));
  const told = methods
    .flatMap((method) =>
      isRecord(method["benefits_support"]) ? Object.values(method["benefits_support"]) : [],
    )
    .map(readingOf)
    .filter((reading) => reading !== undefined);
  return told.length === 0 || told.includes("supported");
}
