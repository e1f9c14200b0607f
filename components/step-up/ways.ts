import type { StepUpOptionsView } from "@/lib/domain/second-factor/views";

/** A way to show a second factor. */
export type Way = "passkey" | "totp" | "oidc" | "recovery";

/** The ways that this person and browser have, the easiest first. A lost device comes last. */
export function waysOf(options: StepUpOptionsView, browserHasPasskeys: boolean): Way[] {
  const ways: Way[] = [];
  if (options.passkeys > 0 && browserHasPasskeys) ways.push("passkey");
  if (options.totp > 0) ways.push("totp");
  if (options.oidc) ways.push("oidc");
  if (options.recoveryCodes > 0) ways.push("recovery");
  return ways;
}

/** How another way is offered. */
export const otherWay: Record<Way, string> = {
  passkey: "Use a passkey",
  totp: "Use an authenticator code",
  oidc: "Confirm with single sign-on",
  recovery: "Use a recovery code",
};
