import { beforeAll, describe, expect, it } from "vitest";
import { inScope } from "@/db/client";
import { countVisiblePeople } from "@/db/repositories/customers-shell";
import { createTestConnection, createTestCustomer, createTestIndividuals } from "@/db/seed/factories";
import { useTestDatabase } from "@/db/testing";
import type { Context } from "@/lib/domain/context";
import { testContext, testPlatformContext } from "@/lib/domain/testing";
import { getShell } from "./get-shell";

const database = useTestDatabase();
const sql = () => database().sql("superuser");
let customerId: string;
let gusto: string;
let adp: string;
let foreign: string;

beforeAll(async () => {
  ({ id: customerId } = await createTestCustomer(sql()));
  const withPeople = async (of: string, count: number, disconnected = false) => {
    const { id } = await createTestConnection(sql(), { customerId: of, disconnected });
    await createTestIndividuals(sql(), { customerId: of, connectionId: id, count });
    return id;
  };
  gusto = await withPeople(customerId, 5);
  adp = await withPeople(customerId, 7);
  await withPeople(customerId, 11, true);
  foreign = await withPeople((await createTestCustomer(sql())).id, 13);
  await sql()`update individuals set deleted_at = now() where id = (select id from individuals where connection_id = ${adp} limit 1)`;
});

const limited = (connectionIds: string[]) => testContext("hr_viewer", customerId, { connectionIds });

describe("the people that the navigation counts", () => {
  it("are those of open connections, without whoever is gone", async () => {
    expect((await getShell(testContext("employer_admin", customerId))).people).toBe(11);
  });

  it("are those of the reader's connections alone", async () => {
    expect((await getShell(limited([gusto]))).people).toBe(5);
    expect((await getShell(limited([gusto, adp]))).people).toBe(11);
  });

  it("are counted for staff and support who look at an employer", async () => {
    for (const role of ["staff_admin", "staff_support"] as const)
      expect((await getShell(testContext(role, customerId))).people).toBe(11);
  });

  it("are nobody of a connection that is not the reader's, whatever is asked for", async () => {
    const count = (ctx: Context) =>
      inScope(ctx, (tx) => countVisiblePeople(tx, [gusto, adp, foreign]), { readOnly: true });
    expect(await count(testContext("employer_admin", customerId))).toBe(11);
    expect(await count(limited([gusto]))).toBe(5);
    expect(await count(testPlatformContext("staff_support"))).toBe(0);
  });
});
