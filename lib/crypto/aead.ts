import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

/**
 * AES-256-GCM. The additional data names the place a ciphertext belongs to, so
 * a ciphertext moved to another row, column, customer or environment does not
 * open. Format: v1.<nonce>.<ciphertext and tag>, base64url.
 */
const version = "v1";
const nonceBytes = 12;
const tagBytes = 16;

/** The ciphertext does not belong here, or the key is another. Says nothing about the plaintext. */
export class DecryptionError extends Error {
  constructor() {
    super("A sealed value does not open: it was moved or changed, or the key is another");
    this.name = "DecryptionError";
  }
}

function additionalData(parts: readonly string[]): Buffer {
  // JSON keeps the parts apart: ["a","b"] and ["ab"] differ.
  return Buffer.from(JSON.stringify([version, ...parts]), "utf8");
}

export function encrypt(key: Buffer, plaintext: Buffer, place: readonly string[]): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(additionalData(place));
  const body = Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
  return `${version}.${nonce.toString("base64url")}.${body.toString("base64url")}`;
}

/** @throws DecryptionError */
export function decrypt(key: Buffer, sealed: string, place: readonly string[]): Buffer {
  const [format, nonce = "", encoded = ""] = sealed.split(".");
  const body = Buffer.from(encoded, "base64url");
  try {
    if (format !== version || body.length < tagBytes) throw new DecryptionError();
    const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(nonce, "base64url"))
      .setAAD(additionalData(place))
      .setAuthTag(body.subarray(-tagBytes));
    return Buffer.concat([decipher.update(body.subarray(0, -tagBytes)), decipher.final()]);
  } catch {
    throw new DecryptionError();
  }
}
