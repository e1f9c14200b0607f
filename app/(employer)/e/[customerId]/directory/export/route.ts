import { directorySorts, readDirectoryAddress } from "@/components/directory/directory-url";
import { exportDirectory, type ExportDirectoryInput } from "@/lib/domain/export/export-directory";
import { employerContext } from "@/lib/web/context";
import { csvHead, csvResponse, requireOwnSite } from "@/lib/web/download";
import { route } from "@/lib/web/route";

const pattern = "/e/[customerId]/directory/export";

/** The directory as a CSV file, with the filters and order of the page's address. */
export const GET = route({ route: pattern }, async ({ request, params }) => {
  requireOwnSite(request);
  const ctx = await employerContext(params["customerId"] ?? "", { permission: "directory:export" });
  if (request.method === "HEAD") return csvHead();
  return csvResponse(await exportDirectory(ctx, inputOf(new URL(request.url).searchParams)), pattern);
});

function inputOf(params: URLSearchParams): Partial<ExportDirectoryInput> {
  const read = Object.fromEntries([...new Set(params.keys())].map((name) => [name, params.getAll(name)]));
  const { after: _after, before: _before, position: _position, ...input } = readDirectoryAddress(read).query;
  return { ...input, sort: directorySorts.find((sort) => sort === input.sort) ?? "name" };
}
