import { readDocumentsAddress } from "@/components/documents/documents-url";
import { exportDocuments } from "@/lib/domain/export/export-documents";
import { exportHandler } from "@/lib/web/export-handler";
import { route } from "@/lib/web/route";

const pattern = "/e/[customerId]/documents/export";

/** Tax forms. */
export const GET = route(
  { route: pattern },
  exportHandler(pattern, "document:read", ({ ctx, search, wish }) => {
    const { after: _after, before: _before, ...query } = readDocumentsAddress(search);
    return exportDocuments(ctx, query, wish);
  }),
);
