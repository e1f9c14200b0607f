import "server-only";
import type { ExportFormat } from "@/lib/domain/export/table";

/** How a file is wanted, from the address: `format=xlsx`, `changes=yes`; CSV of everything where nothing is said. */
export function readExportWish(search: URLSearchParams): { format: ExportFormat; changes: boolean } {
  return {
    format: search.get("format") === "xlsx" ? "xlsx" : "csv",
    changes: search.get("changes") === "yes",
  };
}
