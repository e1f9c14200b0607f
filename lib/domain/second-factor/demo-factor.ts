import { sha256 } from "@/lib/crypto";

/** The id of the authenticator that the demo seed gives an account: the same with every seed. */
export function demoFactorId(userId: string): string {
  const hex = sha256(`demo authenticator ${userId}`);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}

export const isDemoFactor = (userId: string, id: string): boolean => id === demoFactorId(userId);
