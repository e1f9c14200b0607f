import "server-only";
import { DomainError } from "@/lib/domain/errors";
import { env } from "@/lib/env";

/** Whether a request that changes something comes from a page of ours: foreign, null and absent origins do not. */
export function isSameOrigin(origin: string | null): boolean {
  return origin !== null && origin === env().appUrl;
}

/** @throws DomainError FORBIDDEN */
export function requireSameOrigin(origin: string | null): void {
  if (isSameOrigin(origin)) return;
  throw new DomainError(
    "FORBIDDEN",
    `This request did not come from a page of Perch, so nothing was changed. Open ${env().appUrl} and try again.`,
  );
}
