import { createPublicKey, randomBytes, verify } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createAuditSigner } from "./audit-signing";

const key = (id: string) => `${id}:${randomBytes(32).toString("base64")}`;
const head = { customerId: crypto.randomUUID(), seq: 7, hash: "ab".repeat(32), signedAt: new Date() };

describe("signed heads", () => {
  it("verify with the key that signed, and with no other", () => {
    const [a1, other] = [key("a1"), key("a1")];
    const signed = createAuditSigner(a1).sign(head);
    expect(createAuditSigner(a1).check(head, signed)).toBe("valid");
    expect(createAuditSigner(other).check(head, signed)).toBe("invalid");
    expect(createAuditSigner(key("a2")).check(head, signed)).toBe("unknown_key");
  });

  it("fit one customer, number, hash and time only", () => {
    const signer = createAuditSigner(key("a1"));
    const signed = signer.sign(head);
    for (const changed of [
      { ...head, customerId: crypto.randomUUID() },
      { ...head, seq: 8 },
      { ...head, hash: "cd".repeat(32) },
      { ...head, signedAt: new Date(head.signedAt.getTime() + 1) },
    ])
      expect(signer.check(changed, signed)).toBe("invalid");
    expect(signer.check(head, { ...signed, signature: "" })).toBe("invalid");
  });

  it("are signed by the first key, and older keys still verify", () => {
    const [a1, a2] = [key("a1"), key("a2")];
    const old = createAuditSigner(a1).sign(head);
    const rotated = createAuditSigner(`${a2},${a1}`);
    expect(rotated.sign(head).keyId).toBe("a2");
    expect(rotated.check(head, old)).toBe("valid");
  });

  it("are Ed25519 over customer, number, hash and time, for anybody with the public key", () => {
    // RFC 8032, test 1: the seed and its public key.
    const seed = Buffer.from("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "hex");
    const x = Buffer.from("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "hex");
    const publicKey = createPublicKey({
      key: { kty: "OKP", crv: "Ed25519", x: x.toString("base64url") },
      format: "jwk",
    });
    const { signature } = createAuditSigner(`rfc:${seed.toString("base64")}`).sign(head);
    const message = JSON.stringify([
      "perch audit head 1",
      head.customerId,
      head.seq,
      head.hash,
      head.signedAt.toISOString(),
    ]);
    expect(verify(null, Buffer.from(message), publicKey, Buffer.from(signature, "base64"))).toBe(true);
  });

  it("refuse keys of another length", () => {
    expect(() => createAuditSigner(`a1:${randomBytes(31).toString("base64")}`)).toThrow(/32 bytes/);
  });
});
