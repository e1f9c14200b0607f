import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase, inSystem } from "@/db/client";
import { listGrants } from "@/db/repositories/grants";
import {
  createTestConnection,
  createTestCustomer,
  createTestIndividuals,
  createTestUser,
  grantTestRole,
} from "@/db/seed/factories";
import { useTestDatabase } from "@/db/testing";
import { labelJobs } from "./label-jobs";
import { listOwnJobs } from "./list-own-jobs";

const job = (individualId: string, customerName: string, ...facts: (string | null)[]) => ({
  individualId,
  customerName,
  facts,
});
const labels = (...jobs: ReturnType<typeof job>[]) => labelJobs(jobs).map(({ label }) => label);

describe("labels of one's own persons", () => {
  it("are the employer's name where it is one of a kind", () => {
    expect(labels(job("a", "Acme", "Gusto"), job("b", "Initech", "Gusto"))).toEqual(["Acme", "Initech"]);
  });

  it("say as few facts as tell them apart", () => {
    expect(labels(job("a", "Acme", "Gusto", "Cook"), job("b", "Acme", "ADP", "Cook"))).toEqual([
      "Acme: Gusto",
      "Acme: ADP",
    ]);
    expect(labels(job("a", "Acme", "Gusto", "Cook"), job("b", "Acme", "Gusto", "Driver"))).toEqual([
      "Acme: Cook",
      "Acme: Driver",
    ]);
  });

  it("are numbered where nothing tells them apart", () => {
    expect(labels(job("a", "Acme", "Gusto", null), job("b", "Acme", "Gusto", null))).toEqual([
      "Acme: 1",
      "Acme: 2",
    ]);
  });
});

describe("one's own persons", () => {
  const database = useTestDatabase();
  beforeAll(() => configureDatabase({ url: database().urls.app }));
  afterAll(closeDatabase);

  it("of two connections of one employer are told apart by provider, and one alone is not listed", async () => {
    const sql = database().sql("superuser");
    const { id: customerId, name } = await createTestCustomer(sql);
    const user = await createTestUser(sql);
    const read = async () =>
      (
        await listOwnJobs(
          { id: user.id, email: user.email, name: null },
          await inSystem((tx) => listGrants(tx, user.id)),
        )
      )
        .map(({ label }) => label)
        .sort();
    for (const [at, providerName] of ["Gusto", "ADP Run"].entries()) {
      expect(await read()).toEqual([]);
      const { id: connectionId } = await createTestConnection(sql, { customerId, providerName });
      const [individualId = null] = await createTestIndividuals(sql, {
        customerId,
        connectionId,
        count: 1,
        offset: at,
      });
      await grantTestRole(sql, { userId: user.id, role: "employee", customerId, connectionId, individualId });
    }
    const said = await read();
    expect(said[0]).toMatch(new RegExp(`^${name}: ADP Run`));
    expect(said[1]).toMatch(new RegExp(`^${name}: Gusto`));
  });
});
