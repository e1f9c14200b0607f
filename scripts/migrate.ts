import { migrateDatabase } from "@/db/migrate";
import { openLocalDatabase, passwordsOf } from "./lib/local-database";
import { loadEnvFile, planFrom } from "./lib/local-environment";
import { openDataFolder } from "./lib/data-folder";
import { loadSecrets } from "./lib/secrets";
import { say } from "./lib/terminal";
import { runMain, UserError } from "./lib/user-error";

await runMain(async () => {
  loadEnvFile();
  const plan = planFrom(process.env);
  if (plan.embeddedPostgres) {
    openDataFolder(plan.dataDir);
    const database = await openLocalDatabase(plan, loadSecrets(plan.dataDir));
    await database.lock.release();
    await database.server?.stop();
  } else {
    const ownerUrl = plan.given["MIGRATION_DATABASE_URL"];
    if (!ownerUrl)
      throw new UserError("MIGRATION_DATABASE_URL is missing: migrations run as the owner of the database.");
    await migrateDatabase({ ownerUrl, passwords: passwordsOf(plan.given) });
  }
  say("The database is up to date");
  return 0;
});
