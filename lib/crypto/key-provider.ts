import { env } from "@/lib/env";
import { decrypt, encrypt } from "./aead";

/** Wraps data keys. The environment's keyring now; a key management service fits the same shape. */
export interface KeyProvider {
  /** Key that wraps from now on. */
  readonly activeId: string;
  readonly ids: readonly string[];
  wrap(key: Buffer, place: readonly string[]): Promise<{ keyringId: string; wrapped: string }>;
  unwrap(keyringId: string, wrapped: string, place: readonly string[]): Promise<Buffer>;
}

/** The keyring lacks the key that something was wrapped with. */
export class UnknownKeyError extends Error {
  constructor(readonly keyringId: string) {
    super(`TOKEN_ENCRYPTION_KEYS has no key "${keyringId}", but stored data needs it`);
    this.name = "UnknownKeyError";
  }
}

/** A keyring from `id:base64,…`; the first is active, the others only unwrap. */
export function keyringProvider(keys: string): KeyProvider {
  const entries = keys.split(",").map((entry) => {
    const at = entry.indexOf(":");
    return [entry.slice(0, at), Buffer.from(entry.slice(at + 1), "base64")] as const;
  });
  const keyring = new Map(entries);
  const active = entries[0];
  if (!active) throw new TypeError("A keyring needs at least one key");
  return {
    activeId: active[0],
    ids: [...keyring.keys()],
    wrap: async (key, place) => ({ keyringId: active[0], wrapped: encrypt(active[1], key, place) }),
    unwrap: async (keyringId, wrapped, place) => {
      const key = keyring.get(keyringId);
      if (!key) throw new UnknownKeyError(keyringId);
      return decrypt(key, wrapped, place);
    },
  };
}

let shared: { keys: string; provider: KeyProvider } | undefined;

/** The keyring of this process. */
export function keyProvider(): KeyProvider {
  const keys = env().TOKEN_ENCRYPTION_KEYS;
  if (shared?.keys !== keys) shared = { keys, provider: keyringProvider(keys) };
  return shared.provider;
}
