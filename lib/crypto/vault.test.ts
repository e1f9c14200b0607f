import fc from "fast-check";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { DecryptionError } from "./aead";
import { keyringProvider, UnknownKeyError } from "./key-provider";
import { lastFourOf, Secret } from "./secret";
import { CustomerVault, newDataKey, rewrapDataKey, type DataKeyRow, type SealedPlace } from "./vault";

const keyOf = (byte: number) => Buffer.alloc(32, byte).toString("base64");
const provider = keyringProvider(`k1:${keyOf(1)}`);
const customerId = "0f0e0d0c-0000-4000-8000-000000000001";

async function dataKey(id = "d1", keys = provider, customer = customerId): Promise<DataKeyRow> {
  return { id, retiredAt: null, ...(await newDataKey(keys, "sandbox", customer, id)) };
}

const row = await dataKey();
const vault = await CustomerVault.open(provider, "sandbox", customerId, [row]);
const place: SealedPlace = { table: "sealed_values", column: "ssn", rowId: "individuals/a/0" };

const part = fc.string({ minLength: 1, maxLength: 20 });
const anyPlace = fc.record({ table: part, column: part, rowId: part });

describe("a sealed value", () => {
  it("opens in its own place as what it was, whatever it was", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), anyPlace, (text, where) => {
        expect(vault.open(where, vault.seal(where, new Secret(text))).reveal()).toBe(text);
      }),
    );
  });

  it("opens in no other place", () => {
    fc.assert(
      fc.property(part, anyPlace, anyPlace, (text, here, there) => {
        fc.pre(JSON.stringify(here) !== JSON.stringify(there));
        const sealed = vault.seal(here, new Secret(text));
        expect(() => vault.open(there, sealed)).toThrow(DecryptionError);
      }),
    );
  });

  it("does not open after any change to it", () => {
    fc.assert(
      fc.property(part, fc.nat(), fc.integer({ min: 1, max: 255 }), (text, at, flip) => {
        const sealed = vault.seal(place, new Secret(text));
        const [version, nonce, body = ""] = sealed.ciphertext.split(".");
        const bytes = Buffer.from(body, "base64url");
        const index = at % bytes.length;
        bytes[index] = (bytes[index] ?? 0) ^ flip;
        const changed = { ...sealed, ciphertext: `${version}.${nonce}.${bytes.toString("base64url")}` };
        expect(() => vault.open(place, changed)).toThrow(DecryptionError);
      }),
    );
  });

  it("never repeats: the same plaintext gives another ciphertext each time", () => {
    const seen = new Set(
      Array.from({ length: 200 }, () => vault.seal(place, new Secret("078-05-1120")).ciphertext),
    );
    expect(seen.size).toBe(200);
  });

  it("of one environment or customer opens in no other", async () => {
    const sealed = vault.seal(place, new Secret("x"));
    const elsewhere = new CustomerVault({
      environment: "production",
      customerId,
      keys: new Map([
        [
          row.id,
          await provider.unwrap("k1", row.wrapped, ["sandbox", "data_keys", "wrapped", customerId, row.id]),
        ],
      ]),
      activeKeyId: row.id,
    });
    expect(() => elsewhere.open(place, sealed)).toThrow(DecryptionError);
    await expect(CustomerVault.open(provider, "sandbox", "another-customer", [row])).rejects.toThrow(
      DecryptionError,
    );
  });

  it("names its data key, and does not open without it", async () => {
    const other = await CustomerVault.open(provider, "sandbox", customerId, [await dataKey("d2")]);
    expect(() => other.open(place, vault.seal(place, new Secret("x")))).toThrow(DecryptionError);
  });
});

describe("a data key", () => {
  it("wrapped anew opens what was sealed before", async () => {
    const both = keyringProvider(`k2:${keyOf(2)},k1:${keyOf(1)}`);
    const rewrapped = { ...row, ...(await rewrapDataKey(both, "sandbox", customerId, row)) };
    expect(rewrapped.keyringId).toBe("k2");
    const onlyNew = keyringProvider(`k2:${keyOf(2)}`);
    const later = await CustomerVault.open(onlyNew, "sandbox", customerId, [rewrapped]);
    expect(later.open(place, vault.seal(place, new Secret("kept"))).reveal()).toBe("kept");
    await expect(CustomerVault.open(onlyNew, "sandbox", customerId, [row])).rejects.toThrow(UnknownKeyError);
  });

  it("that is retired opens, and the newest seals", async () => {
    const vaultOfTwo = await CustomerVault.open(provider, "sandbox", customerId, [
      { ...row, retiredAt: new Date() },
      await dataKey("d2"),
    ]);
    expect(vaultOfTwo.activeKeyId).toBe("d2");
    expect(vaultOfTwo.open(place, vault.seal(place, new Secret("old"))).reveal()).toBe("old");
  });
});

describe("the keyed hash", () => {
  it("is equal for equal values of one purpose and customer only", async () => {
    const other = await CustomerVault.open(provider, "sandbox", "c2", [await dataKey("d1", provider, "c2")]);
    const ssn = new Secret("078-05-1120");
    expect(vault.hmac("ssn", ssn)).toBe(vault.hmac("ssn", new Secret("078-05-1120")));
    expect(vault.hmac("ssn", ssn)).not.toBe(vault.hmac("account", ssn));
    expect(vault.hmac("ssn", ssn)).not.toBe(other.hmac("ssn", ssn));
  });
});

describe("a secret", () => {
  it("shows nothing when it is printed, logged or serialised", () => {
    const secret = new Secret("078-05-1120");
    const shown = [
      String(secret),
      JSON.stringify({ secret }),
      inspect({ secret }, { showHidden: true, depth: 5 }),
    ];
    for (const text of shown) expect(text).not.toContain("078");
  });

  it("gives four digits only where it has more", () => {
    expect(lastFourOf(new Secret("078-05-1120"))).toBe("1120");
    expect(lastFourOf(new Secret("1120"))).toBeNull();
  });
});
