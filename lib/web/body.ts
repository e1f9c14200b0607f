import "server-only";
import { DomainError } from "@/lib/domain/errors";

export class BodyTooLargeError extends Error {
  constructor(readonly limitBytes: number) {
    super("The request body is too large");
    this.name = "BodyTooLargeError";
  }
}

/**
 * Reads a body up to a limit and stops there, whatever Content-Length says.
 * @throws BodyTooLargeError
 */
export async function readBody(request: Request, limitBytes: number): Promise<Buffer> {
  const declared = Number(request.headers.get("content-length") ?? 0);
  if (declared > limitBytes) throw new BodyTooLargeError(limitBytes);
  if (!request.body) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks);
    size += value.byteLength;
    if (size > limitBytes) {
      await reader.cancel();
      throw new BodyTooLargeError(limitBytes);
    }
    chunks.push(value);
  }
}

/** @throws DomainError INVALID where the body is no JSON, BodyTooLargeError */
export async function readJson(request: Request, limitBytes: number): Promise<unknown> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  const text = (await readBody(request, limitBytes)).toString("utf8");
  if (type !== "application/json") {
    throw new DomainError("INVALID", "The request must be JSON (Content-Type: application/json).");
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new DomainError("INVALID", "The request is not readable as JSON.");
  }
}
