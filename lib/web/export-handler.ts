import "server-only";
import type { Permission } from "@/lib/auth/permissions";
import type { CustomerContext } from "@/lib/domain/context";
import type { ExportFile } from "@/lib/domain/export/run-export";
import type { ExportWish } from "@/lib/domain/export/table";
import { employerContext } from "./context";
import { requireOwnSite, tableHead, tableResponse } from "./download";
import { readExportWish } from "./export-wish";

interface ExportCall {
  ctx: CustomerContext;
  params: Record<string, string>;
  /** The address of the page as it reads it: a name that stands there twice has both values. */
  search: Record<string, string | string[]>;
  wish: ExportWish;
}

interface Asked {
  request: Request;
  params: Record<string, string>;
}

/** Names and values of an address, as a page gets them. */
function pageSearch(search: URLSearchParams): Record<string, string | string[]> {
  const names = [...new Set(search.keys())];
  return Object.fromEntries(
    names.map((name) => {
      const values = search.getAll(name);
      return [name, values.length > 1 ? values : (values[0] ?? "")];
    }),
  );
}

/**
 * Answers with a table of an employer's page as a file, with the filters and order of the page's address. For whom the
 * page does not exist, the file does not either; only a file that leaves is an export.
 * @param permission what the page itself asks for; exporting is asked for besides
 */
export function exportHandler(
  pattern: string,
  permission: Permission,
  open: (call: ExportCall) => Promise<ExportFile>,
) {
  return async ({ request, params }: Asked): Promise<Response> => {
    requireOwnSite(request);
    const customerId = params["customerId"] ?? "";
    await employerContext(customerId, { permission });
    const ctx = await employerContext(customerId, { permission: "payroll:export" });
    const search = new URL(request.url).searchParams;
    const wish = readExportWish(search);
    if (request.method === "HEAD") return tableHead(wish);
    return tableResponse(await open({ ctx, params, search: pageSearch(search), wish }), pattern);
  };
}
