import {
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
} from "@simplewebauthn/server";
import { z } from "zod";
import type { PasskeyRow } from "@/db/repositories/passkeys";
import { describeBrowser } from "@/lib/format/describe-browser";
import { env } from "@/lib/env";

/** WebAuthn as this installation speaks it: its own host and origin, the person verified, nothing asked of the maker. */

export const challengeMinutes = 5;
/** EdDSA, ES256, RS256 (COSE): what authenticators in use have. */
export const algorithms = [-8, -7, -257];

export function relyingParty() {
  const { appUrl } = env();
  return { name: "Perch", id: new URL(appUrl).hostname, origin: new URL(appUrl).origin };
}

const encoded = (length: number) =>
  z
    .string()
    .min(1)
    .max(length)
    .regex(/^[\w-]*$/);

/** What a browser answers when it made a passkey: as much of it as counts, base64url. */
export const PasskeyRegistration = z.strictObject({
  id: encoded(1400),
  clientDataJSON: encoded(4000),
  attestationObject: encoded(40_000),
  transports: z.array(z.string().max(30)).max(10),
});
export type PasskeyRegistration = z.infer<typeof PasskeyRegistration>;

/** What a browser answers when a passkey signed a challenge. */
export const PasskeyAnswer = z.strictObject({
  id: encoded(1400),
  clientDataJSON: encoded(4000),
  authenticatorData: encoded(8000),
  signature: encoded(4000),
  /** Whose passkey it is, by its own word. */
  userHandle: encoded(200).optional(),
});
export type PasskeyAnswer = z.infer<typeof PasskeyAnswer>;

const wired = (id: string) => ({ id, rawId: id, type: "public-key" as const, clientExtensionResults: {} });

/** A new credential, or null where the answer is not to this challenge, origin and host, or nobody was verified. */
export async function verifyRegistration(answer: PasskeyRegistration, challenge: string) {
  const { id, origin } = relyingParty();
  const { transports, clientDataJSON, attestationObject } = answer;
  const response: RegistrationResponseJSON = {
    ...wired(answer.id),
    response: { clientDataJSON, attestationObject },
  };
  try {
    const { registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: id,
      requireUserVerification: true,
      supportedAlgorithmIDs: algorithms,
    });
    if (!registrationInfo) return null;
    const { credential, aaguid, credentialBackedUp } = registrationInfo;
    return {
      id: credential.id,
      publicKey: Buffer.from(credential.publicKey).toString("base64url"),
      counter: credential.counter,
      transports,
      backedUp: credentialBackedUp,
      aaguid,
    };
  } catch {
    // The library throws for each thing that does not fit; its words are for developers.
    return null;
  }
}

/** The counter of a right answer, or null. Whether the counter grew is for the row's own update to say. */
export async function verifyAnswer(
  answer: PasskeyAnswer,
  challenge: string,
  passkey: PasskeyRow,
): Promise<{ counter: number; backedUp: boolean } | null> {
  const { id, origin } = relyingParty();
  const { userHandle, clientDataJSON, authenticatorData, signature } = answer;
  if (userHandle && Buffer.from(userHandle, "base64url").toString("utf8") !== passkey.userId) return null;
  const response: AuthenticationResponseJSON = {
    ...wired(answer.id),
    response: { clientDataJSON, authenticatorData, signature },
  };
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: id,
      requireUserVerification: true,
      credential: {
        id: passkey.id,
        publicKey: new Uint8Array(Buffer.from(passkey.publicKey, "base64url")),
        counter: 0,
      },
    });
    if (!verified) return null;
    return { counter: authenticationInfo.newCounter, backedUp: authenticationInfo.credentialBackedUp };
  } catch {
    return null;
  }
}

/** Names by the kind of authenticator (AAGUID), where it says what it is. */
const makers: Record<string, string> = {
  "fbfc3007-154e-4ecc-8c0b-6e020557d7bd": "iCloud Keychain",
  "dd4ec289-e01d-41c9-bb89-70fa845d4bf2": "iCloud Keychain",
  "ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4": "Google Password Manager",
  "08987058-cadc-4b81-b6e1-30de50dcbe96": "Windows Hello",
  "9ddd1817-af5a-4672-a2b9-3e3dd95000a9": "Windows Hello",
  "6028b017-b1d4-4c02-b4b3-afcdafc96bb2": "Windows Hello",
  "adce0002-35bc-c60a-648b-0b25f1f05503": "Chrome on Mac",
  "bada5566-a7aa-401f-bd96-45619a55120d": "1Password",
  "d548826e-79b4-40a7-a3d8-11116f7e8349": "Bitwarden",
  "531126d6-e717-415c-9320-3d9aa6981239": "Dashlane",
  "fdb141b2-5d84-443e-8a35-4698c205a502": "KeePassXC",
};

const withoutVersion = (name: string) => name.replace(/ [\d.]+$/, "");

/** What a new passkey is called: its authenticator, else where it was made, "Chrome on Windows". */
export function passkeyNameOf(aaguid: string, userAgent: string | null): string {
  const maker = makers[aaguid];
  if (maker) return maker;
  const { browser, os } = describeBrowser(userAgent);
  if (browser.startsWith("Unknown")) return "Passkey";
  return os.startsWith("an ")
    ? withoutVersion(browser)
    : `${withoutVersion(browser)} on ${withoutVersion(os)}`;
}
