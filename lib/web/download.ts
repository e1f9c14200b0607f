import "server-only";
import { DomainError } from "@/lib/domain/errors";
import { log } from "@/lib/log";
import { isOwnNavigation } from "./own-navigation";

/** Files that are written while they are read: from a generator of the domain to a response. */

/** An export writes to the audit: no page of somebody else's must start it, next door's neither. @throws DomainError FORBIDDEN */
export function requireOwnSite(request: Request): void {
  if (!isOwnNavigation(request.headers))
    throw new DomainError("FORBIDDEN", "This download was started by another site. Start it from its page.");
}

const csv = "text/csv; charset=utf-8";

/** Next answers HEAD with the handler of GET; only a file that leaves is an export, and audited as one. */
export function csvHead(): Response {
  return new Response(null, { headers: { "content-type": csv } });
}

interface Download {
  fileName: string;
  chunks: AsyncGenerator<string, void, void>;
}

/** The file as it comes; an error breaks the download off instead of ending it quietly. */
export function csvResponse({ fileName, chunks }: Download, route: string): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { value, done } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      } catch (error) {
        log.error("an export stopped in the middle", error, { route });
        controller.error(error);
      }
    },
    async cancel() {
      await chunks.return();
    },
  });
  return new Response(body, {
    headers: {
      "content-type": csv,
      "content-disposition": `attachment; filename="${fileName}"`,
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
    },
  });
}

const contentTypes = {
  csv,
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
} as const;

/** As csvHead(). */
export function tableHead({ format }: { format: keyof typeof contentTypes }): Response {
  return new Response(null, { headers: { "content-type": contentTypes[format] } });
}

interface TableDownload {
  fileName: string;
  format: keyof typeof contentTypes;
  chunks: AsyncGenerator<Uint8Array, void, void>;
}

/** A table as a file, no faster than it is taken; an error breaks the download off instead of ending it quietly. */
export function tableResponse({ fileName, format, chunks }: TableDownload, route: string): Response {
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { value, done } = await chunks.next();
          if (done) controller.close();
          else controller.enqueue(value);
        } catch (error) {
          log.error("an export stopped in the middle", error, { route });
          controller.error(error);
        }
      },
      async cancel() {
        await chunks.return();
      },
    },
    // Nothing ahead of the reader: asking for more says that the last piece was taken.
    { highWaterMark: 0 },
  );
  return new Response(body, {
    headers: {
      "content-type": contentTypes[format],
      "content-disposition": `attachment; filename="${fileName}"`,
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
    },
  });
}

const pdf = "application/pdf";

/** As csvHead(): only a file that leaves is made and audited. */
export function pdfHead(): Response {
  return new Response(null, { headers: { "content-type": pdf } });
}

/** A whole PDF under a file name of letters, digits and hyphens. */
export function pdfResponse(bytes: Uint8Array<ArrayBuffer>, fileName: string): Response {
  return new Response(bytes, {
    headers: {
      "content-type": pdf,
      "content-length": String(bytes.byteLength),
      "content-disposition": `attachment; filename="${fileName}"`,
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
    },
  });
}
