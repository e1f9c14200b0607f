import { directorySorts, readDirectoryAddress } from "@/components/directory/directory-url";
import { DomainError } from "@/lib/domain/errors";
import { exportDirectory, type ExportDirectoryInput } from "@/lib/domain/export/export-directory";
import { log } from "@/lib/log";
import { employerContext } from "@/lib/web/context";
import { route } from "@/lib/web/route";

/** The directory as a CSV file, with the filters and order of the page's address. */
export const GET = route({ route: "/e/[customerId]/directory/export" }, async ({ request, params }) => {
  // An export writes to the audit: a page of somebody else's must not start it.
  if (request.headers.get("sec-fetch-site") === "cross-site")
    throw new DomainError(
      "FORBIDDEN",
      "This download was started by another site. Start it from the directory.",
    );
  const ctx = await employerContext(params["customerId"] ?? "", { permission: "directory:export" });
  // Next answers HEAD with this handler too; only a file that leaves is an export, and audited as one.
  if (request.method === "HEAD")
    return new Response(null, { headers: { "content-type": "text/csv; charset=utf-8" } });
  const { fileName, chunks } = await exportDirectory(ctx, inputOf(new URL(request.url).searchParams));
  return new Response(toStream(chunks), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${fileName}"`,
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
    },
  });
});

function inputOf(params: URLSearchParams): Partial<ExportDirectoryInput> {
  const read = Object.fromEntries([...new Set(params.keys())].map((name) => [name, params.getAll(name)]));
  const { after: _after, before: _before, position: _position, ...input } = readDirectoryAddress(read).query;
  return { ...input, sort: directorySorts.find((sort) => sort === input.sort) ?? "name" };
}

/** Pulled by the reader, one piece at a time; an error breaks the download off instead of ending it quietly. */
function toStream(chunks: AsyncGenerator<string, void, void>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { value, done } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      } catch (error) {
        log.error("an export stopped in the middle", error, { route: "/e/[customerId]/directory/export" });
        controller.error(error);
      }
    },
    async cancel() {
      await chunks.return();
    },
  });
}
