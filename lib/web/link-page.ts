import "server-only";
import { DomainError } from "@/lib/domain/errors";
import { networkOf, takeLimit } from "@/lib/domain/limits";

/**
 * Counts one look at a mailed link, or one press behind it, for the network of an address. Guessing a link costs the same
 * as opening one. @throws DomainError RATE_LIMITED
 */
export function takeLinkPage(ip: string): Promise<void> {
  return takeLimit("link-page", networkOf(ip));
}

/** For pages behind a mailed link: why this network may open no more of them now; null where it may. */
export async function linkPageRefusal(ip: string): Promise<string | null> {
  try {
    await takeLinkPage(ip);
    return null;
  } catch (error) {
    if (error instanceof DomainError && error.code === "RATE_LIMITED") return error.message;
    throw error;
  }
}
