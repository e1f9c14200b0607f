import { closeDatabase, configureDatabase } from "@/db/client";
import { WrongKeyError } from "@/lib/domain/keys/check-keys";
import { rotateKeys } from "@/lib/domain/keys/rotate-keys";
import { env } from "@/lib/env";
import { withEnvironment } from "../lib/command-environment";
import { UserError } from "../lib/user-error";

/**
 * Seals everything again, under new data keys wrapped by the first of TOKEN_ENCRYPTION_KEYS. `--wrap-only` leaves
 * the sealed values as they are and only wraps their data keys anew, which is enough to retire a key.
 */
export function keysRotate(args: string[]): Promise<number> {
  return withEnvironment(async () => {
    const { WORKER_DATABASE_URL: url, TOKEN_ENCRYPTION_KEYS: keys } = env();
    if (!url)
      throw new UserError("WORKER_DATABASE_URL is missing: keys are rotated with the worker's login.");
    await configureDatabase({ url, max: 2 });
    try {
      const done = await rotateKeys({ reencrypt: !args.includes("--wrap-only") });
      const active = keys.split(":")[0] ?? "";
      console.log(
        `Done: ${done.customers} employers, ${done.dataKeys} data keys and ${done.factors} authenticator secrets wrapped with ${active}, ` +
          `${done.values} values sealed again. ` +
          `Nothing needs a key other than ${active} any more.`,
      );
      return 0;
    } catch (error) {
      if (error instanceof WrongKeyError) throw new UserError(error.message);
      throw error;
    } finally {
      await closeDatabase();
    }
  });
}
