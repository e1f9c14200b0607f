import { createHmac, randomBytes } from "node:crypto";

/** A new secret, as the dashboard would show it once. */
export const newSecret = (): string => randomBytes(24).toString("base64");

/** Whether a text is base64 as the SDK demands it: it must come out the same when written again. */
export const isSecret = (text: string): boolean =>
  text !== "" && Buffer.from(text, "base64").toString("base64") === text;

const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** An id in the form of Finch's: `msg_` and 27 letters. */
export function newEventId(): string {
  const id = Array.from(randomBytes(27), (byte) => letters.charAt(byte % letters.length));
  return `msg_${id.join("")}`;
}

/**
 * The headers that prove where an event comes from, one signature for each secret (Finch: Webhooks,
 * "Webhook Verification"). The time is in seconds.
 */
export function signedHeaders(eventId: string, body: string, secrets: readonly string[], seconds: number) {
  const content = `${eventId}.${seconds}.${body}`;
  const sign = (secret: string) =>
    `v1,${createHmac("sha256", Buffer.from(secret, "base64")).update(content).digest("base64")}`;
  return {
    "Content-Type": "application/json",
    "Finch-Event-Id": eventId,
    "Finch-Timestamp": String(seconds),
    "Finch-Signature": secrets.map(sign).join(" "),
  };
}
