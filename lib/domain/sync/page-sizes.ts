import { directoryPageSize, statementPageSize } from "@/lib/finch";

/**
 * How much one request asks for: Finch's ceilings. Proofs ask for less, so that a company of a few people fills several
 * pages; nothing else changes them.
 */
export const pageSizes = {
  directory: directoryPageSize,
  /** People of /individual and /employment (API-SURFACE §4.3). */
  people: 10_000,
  statements: statementPageSize,
};
