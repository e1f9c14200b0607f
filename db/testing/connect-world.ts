/** A database, a sandbox and the people of one employer, for tests of connecting. */
import { afterAll, beforeAll } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import { createTestCustomer, createTestUser } from "@/db/seed/factories";
import { testContext } from "@/lib/domain/testing";
import type { Role } from "@/lib/auth/permissions";
import type { CustomerContext } from "@/lib/domain/context";
import { startSandbox, type RunningSandbox } from "@/sandbox/server";
import { useTestDatabase, type TestDatabase } from "./index";

export interface ConnectWorld {
  database: TestDatabase;
  finch: RunningSandbox;
}

/** Starts both before the tests of a file, and points the environment at them. */
export function useConnectWorld(): () => ConnectWorld {
  const database = useTestDatabase();
  let finch: RunningSandbox | undefined;
  beforeAll(async () => {
    finch = await startSandbox();
    process.env["FINCH_BASE_URL"] = finch.url;
    process.env["FINCH_CONNECT_URL"] = finch.url;
    await configureDatabase({ url: database().urls.app });
  });
  afterAll(async () => {
    await closeDatabase();
    await finch?.close();
  });
  return () => {
    if (!finch) throw new Error("The sandbox exists only inside tests and hooks.");
    return { database: database(), finch };
  };
}

/** A new employer and a person with a role there, as a request would have them. */
export async function newEmployer(
  { database }: ConnectWorld,
  role: Role = "employer_admin",
): Promise<{ customerId: string; ctx: CustomerContext }> {
  const sql = database.sql("superuser");
  const customer = await createTestCustomer(sql);
  const user = await createTestUser(sql, { customerId: customer.id, role });
  return { customerId: customer.id, ctx: testContext(role, customer.id, { userId: user.id }) };
}
