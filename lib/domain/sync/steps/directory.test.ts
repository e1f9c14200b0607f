import { describe, expect, it } from "vitest";
import { erase, look, useDoor } from "../door/testing";
import { useSyncWorld, type TestConnection } from "../testing";

const world = useSyncWorld();
const answer = useDoor(world);
const see = look(world);

interface WirePerson {
  id: string;
  manager: { id: string } | null;
}

const path = "/employer/directory";
const directoryAt = (connection: TestConnection) =>
  see.finch<{ individuals: WirePerson[] }>(connection, "directory?limit=100");
const peopleOf = async (connection: TestConnection) =>
  (await see.rows("individuals", connection, "finch_individual_id")).length;

async function connect(products = ["directory"]): Promise<TestConnection> {
  const connection = await world.connect({ products });
  await world.sync(connection);
  return connection;
}

describe("a directory that is empty where people were", () => {
  const empty = { paging: { count: 0, offset: 0 }, individuals: [] };

  it("is held until somebody says that this is right", async () => {
    const connection = await connect();
    answer(path, empty);
    const runId = await world.sync(connection, "scheduled");
    expect(await peopleOf(connection)).toBe(20);
    expect((await see.step(runId, "directory"))["message"]).toBe(
      "The directory is empty now where 20 people were. All are kept until somebody says that this is right.",
    );
    const hold = { product: "directory", finch_id: "", rows: 20 };
    expect(await see.holds(connection)).toEqual([{ ...hold, open: true }]);
    await see.accept(connection);
    answer(path, empty);
    await world.sync(connection, "scheduled");
    expect(await peopleOf(connection)).toBe(0);
    expect(await see.holds(connection)).toEqual([{ ...hold, open: false }]);
  });

  it("and is full again ends the hold by itself, whoever accepted it meanwhile", async () => {
    const connection = await connect();
    answer(path, empty);
    await world.sync(connection, "scheduled");
    await see.accept(connection);
    await world.sync(connection, "scheduled");
    expect(await peopleOf(connection)).toBe(20);
    expect(await see.holds(connection)).toMatchObject([{ open: false }]);
  });

  it("of an employer that has nobody yet is no matter of doubt", async () => {
    const connection = await world.connect({ products: ["directory"] });
    answer(path, empty);
    const runId = await world.sync(connection);
    expect(await see.step(runId, "directory")).toMatchObject({ status: "succeeded", message: null });
    expect(await see.holds(connection)).toEqual([]);
  });
});

describe("a directory with an entry that cannot be read", () => {
  it("lands but for that one, and takes nobody out", async () => {
    const connection = await connect();
    const { individuals } = await directoryAt(connection);
    const broken = [{ first_name: "No id" }, ...individuals.slice(2)];
    answer(path, { paging: { count: 19, offset: 0 }, individuals: broken });
    const runId = await world.sync(connection, "scheduled");
    expect(await see.step(runId, "directory")).toMatchObject({
      status: "succeeded",
      requests: 1,
      message: "1 entry of the directory could not be read; nobody was taken out of it.",
    });
    expect(await peopleOf(connection)).toBe(20);
  });
});

describe("somebody who was erased", () => {
  it("is nowhere after a sync, as a person, as a manager or in an answer, and nobody else is taken out", async () => {
    const connection = await world.connect({ products: ["directory", "individual", "employment"] });
    const { individuals } = await directoryAt(connection);
    const erased = individuals.find(({ manager }) => manager)?.manager?.id ?? "";
    await erase(world, connection, erased);
    const runId = await world.sync(connection);
    expect(await peopleOf(connection)).toBe(19);
    const tables = ["individuals", "individual_profiles", "raw_records", "sealed_values"];
    expect(await see.naming(connection, erased, tables)).toEqual([]);
    for (const step of ["directory", "individual", "employment"])
      expect(await see.step(runId, step)).toMatchObject({ status: "succeeded", done: 19, item_errors: 0 });
  });
});
