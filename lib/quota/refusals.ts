import { refuseQuota } from "@/db/repositories/quota";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { quotaKey } from "./quota-key";

const ours = new Set(["finch_api_ip_rl", "finch_auth_ip_rl", "finch_application_rl"]);

/**
 * Takes note of a 429 (Finch: Rate Limits): of an address, its set is blocked for Finch's penalty, 12 windows; of an
 * endpoint, the endpoint pauses for a moment that doubles with each further one. A provider's 429 is no matter of ours.
 */
export async function noteRefusal(endpoint: string, finchCode: string | null): Promise<void> {
  if (finchCode === null || !ours.has(finchCode)) return;
  const { FINCH_CLIENT_ID: clientId, EGRESS_ID: egress } = env();
  const pausedMs = await refuseQuota({ clientId, key: quotaKey(endpoint), egress }, finchCode);
  log.warn("Finch asks to slow down", { endpoint, code: finchCode, durationMs: pausedMs ?? 0 });
}
