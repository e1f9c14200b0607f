import { createHash, timingSafeEqual } from "node:crypto";

/** SHA-256 as hex: what is stored of a secret that somebody else presents. */
export function sha256(value: string): string {
  return createHash("sha256").update(value, "utf8").digest("hex");
}

/** Equality in constant time. */
export function equalInConstantTime(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(sha256(left)), Buffer.from(sha256(right))];
  return timingSafeEqual(a, b);
}
