import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { look, useDoor } from "./door/testing";
import { useSyncWorld } from "./testing";

const world = useSyncWorld();
const answer = useDoor(world);
const see = look(world);
const path = "/employer/directory";

/** A text that cannot be packed: indexes refuse it above some 2,700 bytes. */
const long = () => randomBytes(5_000).toString("hex");
const page = (count: number | null, individuals: object[]) => ({ paging: { count, offset: 0 }, individuals });
const people = (from: number) =>
  Array.from({ length: 20 }, (_, n) => ({ id: `p${from + n}`, last_name: "A" }));

describe("a directory that repeats itself", () => {
  it.each([400, null])(
    "ends where a page brings nobody new, and nobody is taken out (count %s)",
    async (count) => {
      const connection = await world.connect({ products: ["directory"], employees: 5 });
      await world.sync(connection);
      answer(path, page(count, people(0)), 200, 1_000);
      const runId = await world.sync(connection, "scheduled");
      expect(await see.step(runId, "directory")).toMatchObject({
        status: "succeeded",
        requests: 4,
        message: "The directory changed while it was read; nobody was taken out of it.",
      });
      expect(await see.rows("individuals", connection, "id")).toHaveLength(25);
    },
  );
});

describe("a directory with texts without a limit", () => {
  it("keeps everybody whose id is one, however long the names", async () => {
    const connection = await world.connect({ products: ["directory"] });
    answer(
      path,
      page(3, [{ id: "a", first_name: long(), last_name: long() }, { id: long() }, { id: "b" }]),
      200,
      1_000,
    );
    const runId = await world.sync(connection);
    expect(await see.step(runId, "directory")).toMatchObject({
      status: "succeeded",
      message: "1 entry of the directory could not be read; nobody was taken out of it.",
    });
    const kept = await see.rows("individuals", connection, "finch_individual_id, length(last_name) as last");
    expect(kept).toEqual([
      { finch_individual_id: "a", last: 10_000 },
      { finch_individual_id: "b", last: null },
    ]);
  });

  it("is malformed where it counts more people than there are employers' anywhere", async () => {
    const connection = await world.connect({ products: ["directory"] });
    answer(path, page(10_000_000_000, people(0)), 200, 1_000);
    const runId = await world.sync(connection);
    expect(await see.step(runId, "directory")).toMatchObject({
      status: "failed",
      outcome: "malformed",
      requests: 1,
    });
  });
});
