import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inSystem } from "@/db/client";
import { listGrants } from "@/db/repositories/grants";
import { useTestDatabase } from "@/db/testing";
import { getOwnIndividual } from "@/lib/domain/individuals/get-own-individual";
import { listDirectory } from "@/lib/domain/individuals/list-directory";
import { testContext } from "@/lib/domain/testing";
import { startSandbox, type RunningSandbox } from "@/sandbox/server";
import { startWorker, type RunningWorker } from "@/worker/start-worker";
import { seedDemo } from "./demo";
import { demoCustomers } from "./demo-people";

const database = useTestDatabase();
let sandbox: RunningSandbox;
let worker: RunningWorker;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 });
  Object.assign(process.env, { FINCH_BASE_URL: sandbox.url, FINCH_CONNECT_URL: sandbox.url });
  worker = await startWorker();
});
afterAll(async () => {
  await worker.stop();
  await sandbox.close();
});

const sql = () => database().sql("superuser");
const counts = async () => {
  const [row] =
    await sql()`select (select count(*) from users)::int as users, (select count(*) from user_roles)::int as roles,
    (select count(*) from connections)::int as connections, (select count(*) from individuals)::int as people`;
  return row;
};

describe("the demo", () => {
  it("goes on after it was cut short, and a second run changes nothing", async () => {
    // The sandbox is gone for the first attempt: people are there, connections are not.
    const { port } = sandbox;
    await sandbox.close();
    await expect(seedDemo({ keepOpen: true })).rejects.toThrow();
    sandbox = await startSandbox({ port });
    expect(await seedDemo({ keepOpen: true })).toBe(true);
    const after = await counts();
    expect(after).toEqual({ users: 9, roles: 9, connections: 2, people: 40 });
    expect(await seedDemo({ keepOpen: true })).toBe(false);
    expect(await counts()).toEqual(after);
  }, 240_000);

  it("has the employers as the table of demo accounts says", async () => {
    const rows = await sql()`
      select c.name, array_agg(n.provider_name || ' ' || n.provider_id) filter (where n.id is not null) as connections
      from customers c left join connections n on n.customer_id = c.id group by c.name order by c.name`;
    expect([...rows]).toEqual([
      { name: "Acme Inc.", connections: ["Gusto gusto"] },
      { name: "Globex", connections: null },
      { name: "Initech", connections: ["Paychex Flex paychex_flex"] },
    ]);
    const [initech] = await sql()`select count(*)::int as admins from user_roles
      where customer_id = ${demoCustomers.initech.id} and role = 'employer_admin'`;
    expect(initech).toEqual({ admins: 0 });
  });

  it("gives each account of that table an authenticator app", async () => {
    const rows = await sql()`select u.email, count(t.id)::int as apps from users u left join totp_factors t
      on t.user_id = u.id and t.confirmed_at is not null group by u.email having count(t.id) <> 1`;
    expect([...rows]).toEqual([{ email: "founder@initech.test", apps: 0 }]);
  });

  it("lets the first active employee see the own profile", async () => {
    const [user] = await sql()`select id, name from users where email = 'employee@acme.test'`;
    const grants = await inSystem((tx) => listGrants(tx, String(user?.["id"])));
    const { connectionId, individualId, customerId } = grants[0] ?? {};
    const me = testContext("employee", customerId ?? "", {
      connectionIds: [connectionId ?? ""],
      individualId: individualId ?? "",
    });
    const { person } = await getOwnIndividual(me);
    expect(person.name).toBe(user?.["name"]);
    expect(person.isActive).toBe(true);
    const admin = testContext("employer_admin", demoCustomers.acme.id);
    const { rows } = await listDirectory(admin, { active: true, statuses: ["active"], types: ["employee"] });
    expect(rows[0]?.id).toBe(individualId);
  });
});
