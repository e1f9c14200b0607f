import type { ConnectProgress } from "@/sandbox/records";

/** Where every session starts. */
export const emptyProgress = (): ConnectProgress => ({
  step: "consent",
  providerId: null,
  authMethod: null,
  username: null,
  mfa: false,
  accountSelection: false,
  error: null,
});
