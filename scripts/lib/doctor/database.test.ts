import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { checkStart } from "@/lib/domain/installation/check-start";
import { checkDatabases } from "./database";
import { checkRights } from "./rights";
import { freePort, wrongs } from "./testing";

const root = path.resolve(import.meta.dirname, "../../..");
const database = useTestDatabase();

beforeAll(async () => {
  await configureDatabase({ url: database().urls.worker });
  await checkStart({ as: "worker" });
  await closeDatabase();
});

class RolledBack extends Error {}

/** What the doctor says of rights after `statement`, which is then undone: roles belong to the whole cluster. */
async function rightsAfter(statement: string): Promise<string[]> {
  let found: string[] = [];
  await database()
    .sql("superuser")
    .begin(async (tx) => {
      await tx.unsafe(statement);
      found = wrongs(await checkRights(tx));
      throw new RolledBack();
    })
    .catch((error: unknown) => {
      if (!(error instanceof RolledBack)) throw error;
    });
  return found;
}

describe("the database", () => {
  it("as the migrations leave it has nothing wrong", async () => {
    const findings = await checkDatabases(root, database().env);
    expect(wrongs(findings)).toEqual([]);
    expect(findings.filter(({ state }) => state === "ok").length).toBeGreaterThanOrEqual(6);
  });

  it.each([
    ["alter table connections no force row level security", /security of connections is off or not forced/],
    ["alter table individuals disable row level security", /security of individuals is off/],
    ["grant select on raw_records to perch_tenant", /perch_tenant was granted select on raw_records/],
    [
      "grant select (ciphertext) on access_tokens to perch_support",
      /perch_support was granted select on access_tokens/,
    ],
    ["grant select on users to public", /public was granted select on users/],
    ["grant truncate on audit_log to perch_staff", /perch_staff was granted truncate on audit_log/],
    ["grant update on customers to perch_app", /perch_app was granted update on customers/],
    ["grant execute on function confirm_restore() to perch_app", /perch_app may call confirm_restore\(\)/],
    ["grant execute on function resolve_grants(text) to public", /public may call resolve_grants/],
    ["create policy open on users using (true)", /a policy of users is for everybody/],
    ["create table notes (id int)", /the table notes is none of Perch's/],
    [
      "create view names as select * from users; grant select on names to perch_app",
      /perch_app was granted select on names/,
    ],
    ["grant perch_staff to perch_auth", /perch_auth is a member of perch_staff/],
    ["grant perch_staff to perch_tenant", /perch_tenant is a member of perch_staff/],
    [
      "grant perch_staff to perch_app with inherit true",
      /perch_app has the rights of perch_staff without becoming it/,
    ],
    [
      "revoke perch_tenant from perch_app granted by perch_owner cascade",
      /perch_app cannot become perch_tenant/,
    ],
    ["alter role perch_app inherit", /perch_app inherits the rights of its roles/],
    ["alter role perch_worker bypassrls", /perch_worker has the power bypassrls/],
    ["alter role perch_staff superuser", /perch_staff has the power superuser/],
    ["alter role perch_staff login", /perch_staff can log in/],
  ])("is wrong after: %s", async (statement, words) => {
    const found = await rightsAfter(statement);
    expect(found.join("\n")).toMatch(words);
    expect(found).toHaveLength(1);
  });

  it("is wrong for web with the login of a superuser or of the owner", async () => {
    const { urls, env: complete } = database();
    const superuser = wrongs(await checkDatabases(root, { ...complete, DATABASE_URL: urls.superuser }));
    expect(superuser.join("\n")).toMatch(/postgres may skip row-level security/);
    const owner = wrongs(await checkDatabases(root, { ...complete, DATABASE_URL: urls.owner }));
    expect(owner.join("\n")).toMatch(/DATABASE_URL logs in as an owner of the tables/);
  });

  it("that refuses a login or does not answer is said by its variable, and the others are still looked at", async () => {
    const { urls, env: complete } = database();
    const findings = await checkDatabases(root, {
      ...complete,
      AUTH_DATABASE_URL: urls.auth.replace("test-auth", "wrong-word"),
      WORKER_DATABASE_URL: `postgres://perch_worker:x@127.0.0.1:${await freePort()}/perch`,
    });
    expect(wrongs(findings)).toEqual([
      expect.stringMatching(/^AUTH_DATABASE_URL does not work .*password authentication failed/),
      expect.stringMatching(/^WORKER_DATABASE_URL does not work .*ECONNREFUSED/),
    ]);
    expect(JSON.stringify(findings)).not.toContain("wrong-word");
  });

  it("behind or ahead of this release is said", async () => {
    const sql = database().sql("superuser");
    const [last] = await sql`
      delete from drizzle.__drizzle_migrations where id = (select max(id) from drizzle.__drizzle_migrations) returning hash, created_at`;
    expect(wrongs(await checkDatabases(root, database().env))).toEqual([
      expect.stringMatching(/^1 of \d+ migrations are pending$/),
    ]);
    await sql`insert into drizzle.__drizzle_migrations (hash, created_at) values (${last?.["hash"]}, ${last?.["created_at"]}), ('next', 9999999999999)`;
    expect(wrongs(await checkDatabases(root, database().env))).toEqual([
      "the database is newer than this release",
    ]);
    await sql`delete from drizzle.__drizzle_migrations where hash = 'next'`;
    expect(wrongs(await checkDatabases(root, database().env))).toEqual([]);
  });

  it("of another Finch environment, with the demo, or restored is said", async () => {
    const sql = database().sql("superuser");
    await sql`update installation set demo_seeded_at = now(), quarantined_at = now()`;
    const findings = await checkDatabases(root, {
      ...database().env,
      PERCH_MODE: "server",
      FINCH_ENVIRONMENT: "production",
    });
    await sql`update installation set demo_seeded_at = null, quarantined_at = null`;
    expect(wrongs(findings)).toEqual([
      "the database belongs to Finch's sandbox environment, and FINCH_ENVIRONMENT is production",
      "the database holds the demo employers",
    ]);
    expect(findings.map(({ what }) => what)).toContain("a restored copy holds mail and disconnects");
  });
});
