import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from "node:crypto";
import type { Sql } from "postgres";
import { createTestUser } from "@/db/seed/factories";
import type { Person } from "./person";
import type { PasskeyAnswer, PasskeyRegistration } from "./passkey-rules";

/** A person at their own account. `sql` is a superuser's. */
export async function createPerson(sql: Sql, options: { minutesAgo?: number; role?: string } = {}) {
  const user = await createTestUser(sql, { role: options.role ?? "employer_admin" });
  const createdAt = new Date(Date.now() - (options.minutesAgo ?? 0) * 60_000);
  const session = { id: crypto.randomUUID(), method: "email", createdAt, steppedUpAt: null };
  return { userId: user.id, email: user.email, name: user.name, session } satisfies Person;
}

/** The same person in a session that showed a second factor just now. */
export const steppedUp = (person: Person): Person => ({
  ...person,
  session: { ...person.session, steppedUpAt: new Date() },
});

/** The same person in another browser. */
export const elsewhere = (person: Person): Person => ({
  ...person,
  session: { ...person.session, id: crypto.randomUUID() },
});

type Cbor = number | string | Buffer | Map<number | string, Cbor>;

/** As much of CBOR (RFC 8949) as an authenticator needs: integers, texts, bytes, maps. */
function cbor(value: Cbor): Buffer {
  if (typeof value === "number") return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (typeof value === "string")
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  return Buffer.concat([
    head(5, value.size),
    ...[...value].flatMap(([key, each]) => [cbor(key), cbor(each)]),
  ]);
}

function head(major: number, value: number): Buffer {
  if (value < 24) return Buffer.from([(major << 5) | value]);
  if (value < 256) return Buffer.from([(major << 5) | 24, value]);
  return Buffer.from([(major << 5) | 25, value >> 8, value & 255]);
}

const sha256 = (data: Buffer | string) => createHash("sha256").update(data).digest();
const base64url = (data: Buffer | string) => Buffer.from(data).toString("base64url");

interface Visit {
  challenge: string;
  origin?: string;
  rpId?: string;
  /** The person was verified: fingerprint, face or PIN. */
  verified?: boolean;
  /** The signature counter; one more than before where left out. */
  counter?: number;
}

const present = 0x01;
const verifiedFlag = 0x04;
const attested = 0x40;

/** A passkey in software (ES256), for tests: makes credentials and signs challenges as a device would. */
export class SoftwarePasskey {
  readonly id = base64url(randomBytes(32));
  private counter = 0;
  private readonly key: KeyObject;
  private readonly publicKey: Buffer;

  constructor(
    private readonly userId: string,
    private readonly defaults = { origin: "http://localhost:3000", rpId: "localhost" },
  ) {
    const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
    this.key = pair.privateKey;
    const { x = "", y = "" } = pair.publicKey.export({ format: "jwk" });
    // COSE: key type EC2, ES256, curve P-256, x, y (RFC 9053).
    this.publicKey = cbor(
      new Map<number, Cbor>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(x, "base64url")],
        [-3, Buffer.from(y, "base64url")],
      ]),
    );
  }

  register(visit: Visit): PasskeyRegistration {
    const credentialId = Buffer.from(this.id, "base64url");
    const length = Buffer.from([credentialId.length >> 8, credentialId.length & 255]);
    const credential = Buffer.concat([Buffer.alloc(16), length, credentialId, this.publicKey]);
    const authData = Buffer.concat([this.authenticatorData(visit, attested), credential]);
    const attestation = new Map<string, Cbor>([
      ["fmt", "none"],
      ["attStmt", new Map()],
      ["authData", authData],
    ]);
    return {
      id: this.id,
      clientDataJSON: base64url(this.clientData("webauthn.create", visit)),
      attestationObject: base64url(cbor(attestation)),
      transports: ["internal"],
    };
  }

  answer(visit: Visit): PasskeyAnswer {
    const clientData = this.clientData("webauthn.get", visit);
    const data = this.authenticatorData(visit, 0);
    const signature = sign("sha256", Buffer.concat([data, sha256(clientData)]), this.key);
    return {
      id: this.id,
      clientDataJSON: base64url(clientData),
      authenticatorData: base64url(data),
      signature: base64url(signature),
      userHandle: base64url(this.userId),
    };
  }

  private clientData(type: string, { challenge, origin = this.defaults.origin }: Visit): string {
    return JSON.stringify({ type, challenge, origin, crossOrigin: false });
  }

  private authenticatorData(visit: Visit, flags: number): Buffer {
    this.counter = visit.counter ?? this.counter + 1;
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.counter);
    const flag = present | (visit.verified === false ? 0 : verifiedFlag) | flags;
    return Buffer.concat([sha256(visit.rpId ?? this.defaults.rpId), Buffer.from([flag]), counter]);
  }
}
