import {
  browserSupportsWebAuthn,
  startAuthentication,
  startRegistration,
  WebAuthnError,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/browser";
import type { PasskeyAnswerInput, PasskeyRegistrationInput } from "./step-up-actions";

export type PasskeyCreationOptions = PublicKeyCredentialCreationOptionsJSON;
export type PasskeyRequestOptions = PublicKeyCredentialRequestOptionsJSON;

export const canUsePasskeys = browserSupportsWebAuthn;

/** Asks the device to make a passkey. Rejects with what problemOf() turns into words. */
export async function makePasskey(options: PasskeyCreationOptions): Promise<PasskeyRegistrationInput> {
  const { id, response } = await startRegistration({ optionsJSON: options });
  const { clientDataJSON, attestationObject, transports } = response;
  return { id, clientDataJSON, attestationObject, transports: transports ?? [] };
}

/** Asks the device to sign with a passkey. `autofill` waits inside the browser's own suggestions. */
export async function askPasskey(
  options: PasskeyRequestOptions,
  { autofill = false } = {},
): Promise<PasskeyAnswerInput> {
  const { id, response } = await startAuthentication({
    optionsJSON: options,
    useBrowserAutofill: autofill,
  });
  const { clientDataJSON, authenticatorData, signature, userHandle } = response;
  return { id, clientDataJSON, authenticatorData, signature, ...(userHandle ? { userHandle } : {}) };
}

/** What the device refused, for a person. Browsers do not tell a cancelled request from one that took too long. */
export function passkeyProblem(error: unknown): string {
  if (!(error instanceof Error)) return "The passkey did not answer. Try again.";
  const code = error instanceof WebAuthnError ? error.code : error.name;
  switch (code) {
    case "ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED":
    case "InvalidStateError":
      return "This device already has a passkey of your account.";
    case "ERROR_INVALID_DOMAIN":
    case "ERROR_INVALID_RP_ID":
    case "SecurityError":
      return "Passkeys work only at the address that Perch was set up with, by its name. Open that one.";
    case "ERROR_AUTHENTICATOR_MISSING_DISCOVERABLE_CREDENTIAL_SUPPORT":
    case "ERROR_AUTHENTICATOR_MISSING_USER_VERIFICATION_SUPPORT":
    case "ERROR_AUTHENTICATOR_NO_SUPPORTED_PUBKEYCREDPARAMS_ALG":
    case "NotSupportedError":
      return "This device cannot keep a passkey with a PIN, fingerprint or face. Use another, or an authenticator app.";
    default:
      return "Nothing was confirmed: the request was closed or took too long. Try again.";
  }
}
