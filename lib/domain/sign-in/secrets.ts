import { createHmac, hkdfSync } from "node:crypto";
import { deriveLinkSecret, equalInConstantTime, newSecretToken, sha256 } from "@/lib/crypto";
import { decrypt, encrypt } from "@/lib/crypto/aead";
import { env } from "@/lib/env";

/**
 * The three secrets of a request to sign in (SECURITY 2). The mailed link's is derived from the request's id when
 * the mail is sent; the nonce lives in the asking browser's cookie; the code is derived from nonce and address, so
 * that asking twice shows the same code and either mail works. The database holds hashes only.
 */

export const signInMinutes = 10;
export const codeAttempts = 5;

/** No 0, O, 1, I or L: 31^8 codes, five tries. */
const alphabet = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
const codeLength = 8;
const requestId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function signingKey(purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", env().NEXTAUTH_SECRET, "perch", purpose, 32));
}

/** What the link carries: the request's id and its secret. */
export function signInToken(id: string): string {
  return `${id}.${deriveLinkSecret(env().NEXTAUTH_SECRET, "sign-in", id)}`;
}

/** The request's id, where the token is one that we made. */
export function readSignInToken(token: string): string | null {
  const id = token.slice(0, token.indexOf("."));
  return requestId.test(id) && equalInConstantTime(token, signInToken(id)) ? id : null;
}

/** As next-auth hashes it, so that its email flow finds the row. */
export function hashSignInToken(token: string): string {
  return sha256(`${token}${env().NEXTAUTH_SECRET}`);
}

export const newNonce = newSecretToken;

export function isNonce(value: string | undefined): value is string {
  return value !== undefined && /^[\w-]{43}$/.test(value);
}

export function hashNonce(nonce: string): string {
  return sha256(`sign-in nonce ${nonce}`);
}

/** The code that the asking browser shows for this address. */
export function signInCode(nonce: string, address: string): string {
  const bytes = createHmac("sha256", signingKey("sign-in code")).update(`${nonce}\n${address}`).digest();
  let rest = bytes.readBigUInt64BE();
  let code = "";
  while (code.length < codeLength) {
    code += alphabet[Number(rest % BigInt(alphabet.length))];
    rest /= BigInt(alphabet.length);
  }
  return code;
}

/** What somebody typed, without spaces, dashes and case. */
export function normalizeCode(typed: string): string {
  return typed
    .normalize("NFKC")
    .toUpperCase()
    .replaceAll(/[\s\-–]/g, "");
}

/** Keyed: forty bits alone could be tried out. */
export function hashCode(code: string, address: string): string {
  return createHmac("sha256", signingKey("sign-in code hash")).update(`${code}\n${address}`).digest("hex");
}

const sealedFor = (nonce: string) => ["sign-in cookie", nonce];

/** An address that a browser keeps and its person may not read: an invitation's. It opens beside this nonce alone. */
export function sealAddress(nonce: string, address: string): string {
  return encrypt(signingKey("sign-in address"), Buffer.from(address, "utf8"), sealedFor(nonce));
}

/** @throws DecryptionError for what was changed, moved to another nonce, or sealed under another NEXTAUTH_SECRET */
export function openAddress(nonce: string, sealed: string): string {
  return decrypt(signingKey("sign-in address"), sealed, sealedFor(nonce)).toString("utf8");
}
