import "server-only";
import { DomainError } from "@/lib/domain/errors";
import { networkOf, takeLimit } from "@/lib/domain/limits";
import { getPeer } from "./peer";

/** For pages behind a mailed link: why this network may open no more of them now; null where it may. */
export async function linkPageRefusal(): Promise<string | null> {
  try {
    await takeLimit("link-page", networkOf((await getPeer()).ip));
    return null;
  } catch (error) {
    if (error instanceof DomainError && error.code === "RATE_LIMITED") return error.message;
    throw error;
  }
}
