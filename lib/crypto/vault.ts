import { createHmac, hkdfSync, randomBytes } from "node:crypto";
import { decrypt, DecryptionError, encrypt } from "./aead";
import type { KeyProvider } from "./key-provider";
import { Secret } from "./secret";

/** Where a sealed value lives; opening it anywhere else fails. */
export interface SealedPlace {
  table: string;
  column: string;
  rowId: string;
}

/** What a row keeps of a secret: the ciphertext and the data key's id. */
export interface Sealed {
  ciphertext: string;
  keyId: string;
}

export interface DataKeyRow {
  id: string;
  wrapped: string;
  keyringId: string;
  retiredAt: Date | null;
}

interface VaultOptions {
  environment: string;
  customerId: string;
  /** Unwrapped data keys by id. */
  keys: ReadonlyMap<string, Buffer>;
  activeKeyId: string;
}

const dataKeyPlace = (environment: string, customerId: string, id: string) => [
  environment,
  "data_keys",
  "wrapped",
  customerId,
  id,
];

/** A new data key of a customer, wrapped; the plaintext key is not kept. */
export async function newDataKey(
  provider: KeyProvider,
  environment: string,
  customerId: string,
  id: string,
): Promise<{ keyringId: string; wrapped: string }> {
  return provider.wrap(randomBytes(32), dataKeyPlace(environment, customerId, id));
}

/** The same data key wrapped by the keyring's active key. */
export async function rewrapDataKey(
  provider: KeyProvider,
  environment: string,
  customerId: string,
  row: Pick<DataKeyRow, "id" | "wrapped" | "keyringId">,
): Promise<{ keyringId: string; wrapped: string }> {
  const place = dataKeyPlace(environment, customerId, row.id);
  return provider.wrap(await provider.unwrap(row.keyringId, row.wrapped, place), place);
}

/** One customer's secrets: seals with the active data key, opens with any that is still kept. */
export class CustomerVault {
  private readonly hmacKeys = new Map<string, Buffer>();

  constructor(private readonly options: VaultOptions) {}

  /** Unwraps a customer's data keys. The newest that is not retired seals. */
  static async open(
    provider: KeyProvider,
    environment: string,
    customerId: string,
    rows: readonly DataKeyRow[],
  ): Promise<CustomerVault> {
    const keys = new Map<string, Buffer>();
    for (const row of rows) {
      keys.set(
        row.id,
        await provider.unwrap(row.keyringId, row.wrapped, dataKeyPlace(environment, customerId, row.id)),
      );
    }
    const active = rows.findLast((row) => row.retiredAt === null);
    if (!active) throw new TypeError("A customer has no data key in use");
    return new CustomerVault({ environment, customerId, keys, activeKeyId: active.id });
  }

  get activeKeyId(): string {
    return this.options.activeKeyId;
  }

  seal(place: SealedPlace, secret: Secret): Sealed {
    const keyId = this.options.activeKeyId;
    const plaintext = Buffer.from(secret.reveal(), "utf8");
    return { keyId, ciphertext: encrypt(this.key(keyId), plaintext, this.placeOf(place, keyId)) };
  }

  /** @throws DecryptionError where the ciphertext was moved or changed, or its key is gone */
  open(place: SealedPlace, sealed: Sealed): Secret {
    const plaintext = decrypt(this.key(sealed.keyId), sealed.ciphertext, this.placeOf(place, sealed.keyId));
    return new Secret(plaintext.toString("utf8"));
  }

  /** Keyed hash for equality without decryption; differs between customers, purposes and data keys. */
  hmac(purpose: string, secret: Secret, keyId = this.options.activeKeyId): string {
    const name = `${keyId}:${purpose}`;
    const key = this.hmacKeys.get(name) ?? this.deriveHmacKey(keyId, purpose);
    this.hmacKeys.set(name, key);
    return createHmac("sha256", key).update(secret.reveal(), "utf8").digest("hex");
  }

  has(keyId: string): boolean {
    return this.options.keys.has(keyId);
  }

  private deriveHmacKey(keyId: string, purpose: string): Buffer {
    return Buffer.from(hkdfSync("sha256", this.key(keyId), this.options.customerId, `hmac:${purpose}`, 32));
  }

  private key(keyId: string): Buffer {
    const key = this.options.keys.get(keyId);
    if (!key) throw new DecryptionError();
    return key;
  }

  private placeOf(place: SealedPlace, keyId: string): string[] {
    const { environment, customerId } = this.options;
    return [environment, place.table, place.column, customerId, place.rowId, keyId];
  }
}
