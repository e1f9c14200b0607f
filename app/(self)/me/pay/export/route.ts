import { z } from "zod";
import { exportOwnStatements } from "@/lib/domain/export/export-own-statements";
import { ExportFormat } from "@/lib/domain/export/table";
import { selfContext } from "@/lib/web/context";
import { requireOwnSite, tableHead, tableResponse } from "@/lib/web/download";
import { route } from "@/lib/web/route";

const pattern = "/me/pay/export";
/** `as`: which of one's own persons, where there are several. */
const schema = z.strictObject({
  as: z.uuid().optional(),
  year: z.coerce.number().int().min(0).max(9999).optional(),
  format: ExportFormat.default("csv"),
});

/** One's own pay statements of a year. */
export const GET = route({ route: pattern, schema }, async ({ request, input: { as, year, format } }) => {
  requireOwnSite(request);
  const { ctx } = await selfContext(as);
  if (request.method === "HEAD") return tableHead({ format });
  const asked = year === undefined ? {} : { year };
  return tableResponse(await exportOwnStatements(ctx, asked, { format }), pattern);
});
