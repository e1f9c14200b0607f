import { inSystem } from "@/db/client";
import { lockKeyCheck, readKeyCheck, saveKeyCheck } from "@/db/repositories/installation-keys";
import { DecryptionError, keyProvider, type KeyProvider } from "@/lib/crypto";
import { env } from "@/lib/env";

const answer = Buffer.from("perch");
const placeOf = (environment: string, keyringId: string) => [
  environment,
  "installation",
  "key_check",
  keyringId,
];

/** The token keys do not fit the database: starting would only make new data that the old key cannot read. */
export class WrongKeyError extends Error {
  constructor(problem: string) {
    super(
      `${problem} Put the right key into TOKEN_ENCRYPTION_KEYS; without it stored tokens cannot be read.`,
    );
    this.name = "WrongKeyError";
  }
}

/**
 * Compares the token keys with the known answers in the database and adds one for a key that is new. Runs on the
 * worker's login at every start.
 * @throws WrongKeyError where a key of that name is another, or none of the known ones is left
 */
export async function checkKeys(provider: KeyProvider = keyProvider()): Promise<void> {
  const environment = env().FINCH_ENVIRONMENT;
  await inSystem(async (tx) => {
    const known = await lockKeyCheck(tx);
    await compareAll(provider, environment, known);
    if (known[provider.activeId] !== undefined) return;
    const { wrapped } = await provider.wrap(answer, placeOf(environment, provider.activeId));
    await saveKeyCheck(tx, { ...known, [provider.activeId]: wrapped });
  });
}

/** The same comparison for a login that only reads: the web's. @throws WrongKeyError */
export async function compareKeys(provider: KeyProvider = keyProvider()): Promise<void> {
  await compareAll(provider, env().FINCH_ENVIRONMENT, await inSystem(readKeyCheck));
}

async function compareAll(
  provider: KeyProvider,
  environment: string,
  known: Record<string, string>,
): Promise<void> {
  for (const [keyringId, sealed] of Object.entries(known)) {
    if (provider.ids.includes(keyringId)) await compare(provider, environment, keyringId, sealed);
  }
  const knownIds = Object.keys(known);
  if (knownIds.length > 0 && !knownIds.some((id) => provider.ids.includes(id))) {
    throw new WrongKeyError(
      `This database was sealed with the keys ${knownIds.join(", ")}; none of them is configured.`,
    );
  }
}

async function compare(
  provider: KeyProvider,
  environment: string,
  keyringId: string,
  sealed: string,
): Promise<void> {
  try {
    const opened = await provider.unwrap(keyringId, sealed, placeOf(environment, keyringId));
    if (opened.equals(answer)) return;
  } catch (error) {
    if (!(error instanceof DecryptionError)) throw error;
  }
  throw new WrongKeyError(`The key "${keyringId}" is not the one that this database was sealed with.`);
}
