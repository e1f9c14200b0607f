import type { CDPSession, Locator, Page } from "@playwright/test";
import { generateSync } from "otplib";

/** The dialog that asks for a second factor. */
export const stepUpDialog = (page: Page): Locator =>
  page.getByRole("dialog", { name: "Confirm that it is you" });

/** The code of an authenticator app; `steps` away from now, because each works once. */
export function codeOf(key: string, steps = 0): string {
  const epoch = Math.floor(Date.now() / 1000) + steps * 30;
  return generateSync({ secret: key, algorithm: "sha1", digits: 6, period: 30, epoch });
}

/** A phone or laptop with a fingerprint reader, as Chromium emulates it: made for one page's browser. */
export interface VirtualAuthenticator {
  /** The next request finds nobody's finger. */
  setVerified(verified: boolean): Promise<void>;
  credentials(): Promise<number>;
  /** Another device: nothing is on it. */
  clear(): Promise<void>;
}

export async function addVirtualAuthenticator(page: Page): Promise<VirtualAuthenticator> {
  const cdp: CDPSession = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    setVerified: async (isUserVerified) => {
      await cdp.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified });
    },
    credentials: async () =>
      (await cdp.send("WebAuthn.getCredentials", { authenticatorId })).credentials.length,
    clear: async () => {
      await cdp.send("WebAuthn.clearCredentials", { authenticatorId });
    },
  };
}
