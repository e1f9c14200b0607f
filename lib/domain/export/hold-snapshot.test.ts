import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { testContext } from "@/lib/domain/testing";
import { holdSnapshot } from "./hold-snapshot";

const database = useTestDatabase();
const customerId = crypto.randomUUID();
const person = (userId: string) => testContext("payroll_manager", customerId, { userId });

beforeAll(() => configureDatabase({ url: database().urls.app }));
afterAll(closeDatabase);

describe("a download's view of the database", () => {
  it("is given to a person twice at most, and to everybody four times", async () => {
    const full = { code: "RATE_LIMITED" };
    const slow = person("slow");
    const held = [await holdSnapshot(slow), await holdSnapshot(slow)];
    await expect(holdSnapshot(slow, { turnMs: 10 })).rejects.toMatchObject(full);
    held.push(await holdSnapshot(person("one")), await holdSnapshot(person("two")));
    await expect(holdSnapshot(person("three"), { turnMs: 10 })).rejects.toMatchObject(full);
    for (const each of held) await each.release();
    await (await holdSnapshot(slow)).release();
  });

  it("comes in turn where all places are taken, past somebody who has enough already", async () => {
    const slow = person("slow");
    const held = [await holdSnapshot(slow), await holdSnapshot(slow)];
    held.push(await holdSnapshot(person("one")), await holdSnapshot(person("two")));
    const third = holdSnapshot(slow);
    const other = holdSnapshot(person("three"));
    await held[2]?.release();
    await (await other).release();
    await held[0]?.release();
    await (await third).release();
    for (const each of held) await each.release();
  });

  it("ends where nobody goes on reading, and after its whole time also where somebody does", async () => {
    const still = await holdSnapshot(person("still"), { waitMs: 30 });
    await vi.waitFor(() => expect(() => still.touch()).toThrow(/too long/), {
      timeout: 20_000,
      interval: 60,
    });
    const slow = await holdSnapshot(person("slow"), { wholeMs: 150 });
    await vi.waitFor(() => expect(() => slow.touch()).toThrow(/too long/), { timeout: 20_000, interval: 10 });
    for (const each of [still, slow]) await each.release();
  });
});
