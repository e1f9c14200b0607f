import { notFound } from "next/navigation";
import { exportLinks } from "@/lib/domain/export/export-links";
import { exportHandler } from "@/lib/web/export-handler";
import { route } from "@/lib/web/route";

const pattern = "/e/[customerId]/ytd/links/export";

/** Linked records. */
export const GET = route(
  { route: pattern },
  exportHandler(pattern, "payroll:manage", ({ ctx, wish }) => {
    // As its page: links are across connections.
    if (ctx.scope.connectionIds !== "all") notFound();
    return exportLinks(ctx, wish);
  }),
);
