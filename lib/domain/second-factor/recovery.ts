import { randomInt } from "node:crypto";
import { sha256 } from "@/lib/crypto";

/** Codes for the day an authenticator is lost. 16 of 31 letters: 79 bits, so a plain hash cannot be tried out. */
const alphabet = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
const codeLength = 16;
const groupLength = 4;
export const recoveryCodeCount = 10;

function newRecoveryCode(): string {
  const letters = Array.from({ length: codeLength }, () => alphabet[randomInt(alphabet.length)]);
  const groups = Array.from({ length: codeLength / groupLength }, (_, group) =>
    letters.slice(group * groupLength, (group + 1) * groupLength).join(""),
  );
  return groups.join("-");
}

/** A new set, as it is shown once. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: recoveryCodeCount }, newRecoveryCode);
}

/** What is stored of a code; spaces, dashes and case do not matter. The same code of two people differs. */
export function hashRecoveryCode(userId: string, typed: string): string {
  const plain = typed
    .normalize("NFKC")
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, "");
  return sha256(`recovery code ${userId} ${plain}`);
}
