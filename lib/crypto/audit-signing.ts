import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from "node:crypto";
import { env } from "@/lib/env";

/**
 * Heads of audit chains are signed with Ed25519, by keys that the database lacks: whoever may write every table
 * still cannot make a rewritten chain look signed (SECURITY 19).
 */

/** The end of a chain at a moment. The platform's chain has the nil customer. */
export interface AuditHead {
  customerId: string;
  seq: number;
  hash: string;
  signedAt: Date;
}

export interface HeadSignature {
  keyId: string;
  /** Base64 of 64 bytes. */
  signature: string;
}

export type SignatureCheck = "valid" | "invalid" | "unknown_key";

export interface AuditSigner {
  /** Signs with the first key. */
  sign(head: AuditHead): HeadSignature;
  /** Any key of the list may have signed. */
  check(head: AuditHead, signed: HeadSignature): SignatureCheck;
}

/** DER of an Ed25519 private key in PKCS #8 up to its 32 bytes (RFC 8410). */
const pkcs8Prefix = Buffer.from("302e020100300506032b657004220420", "hex");

interface SigningKey {
  id: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
}

function toSigningKey(entry: string): SigningKey {
  const at = entry.indexOf(":");
  const seed = Buffer.from(entry.slice(at + 1), "base64");
  if (at < 1 || seed.length !== 32) throw new TypeError("A signing key must be id:base64 of 32 bytes");
  const der = Buffer.concat([pkcs8Prefix, seed]);
  const privateKey = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  return { id: entry.slice(0, at), privateKey, publicKey: createPublicKey(privateKey) };
}

/** What is signed, as bytes. The first part keeps these signatures apart from any other use of the key. */
function messageOf({ customerId, seq, hash, signedAt }: AuditHead): Buffer {
  return Buffer.from(JSON.stringify(["perch audit head 1", customerId, seq, hash, signedAt.toISOString()]));
}

/** @param list `id:base64 of 32 bytes`, comma separated; the first one signs, all of them verify */
export function createAuditSigner(list: string): AuditSigner {
  const keys = list.split(",").map(toSigningKey);
  const [active] = keys;
  if (!active) throw new TypeError("There is no signing key");
  return {
    sign: (head) => ({
      keyId: active.id,
      signature: sign(null, messageOf(head), active.privateKey).toString("base64"),
    }),
    check(head, { keyId, signature }) {
      const key = keys.find(({ id }) => id === keyId);
      if (!key) return "unknown_key";
      const bytes = Buffer.from(signature, "base64");
      return verify(null, messageOf(head), key.publicKey, bytes) ? "valid" : "invalid";
    },
  };
}

let ofEnvironment: { list: string; signer: AuditSigner } | undefined;

/** The signer of this process, or null where it was given no AUDIT_SIGNING_KEYS. */
export function auditSigner(): AuditSigner | null {
  const list = env().AUDIT_SIGNING_KEYS;
  if (!list) return null;
  if (ofEnvironment?.list !== list) ofEnvironment = { list, signer: createAuditSigner(list) };
  return ofEnvironment.signer;
}
