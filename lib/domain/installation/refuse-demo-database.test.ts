import { afterAll, beforeAll, expect, it } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { DemoDatabaseError, refuseDemoDatabase } from "./refuse-demo-database";

const database = useTestDatabase();

beforeAll(() => configureDatabase({ url: database().urls.app }));
afterAll(() => closeDatabase());

it("a server starts on a database without the demo", async () => {
  await expect(refuseDemoDatabase({ mode: "server" })).resolves.toBeUndefined();
});

it("a server refuses a database with the demo, a local copy does not", async () => {
  await database().sql("superuser")`
    insert into installation (id, demo_seeded_at) values (true, now())
    on conflict (id) do update set demo_seeded_at = now()`;
  await expect(refuseDemoDatabase({ mode: "server" })).rejects.toBeInstanceOf(DemoDatabaseError);
  await expect(refuseDemoDatabase({ mode: "local" })).resolves.toBeUndefined();
});
