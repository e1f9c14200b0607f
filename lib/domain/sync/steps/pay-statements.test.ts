import { describe, expect, it } from "vitest";
import { Killed, PayStage } from "../statements/testing";
import { useSyncWorld } from "../testing";

const world = useSyncWorld();
const pagesOf = (requests: { payment_id: string; offset: number }[][]) =>
  requests.map((pages) => pages.map(({ payment_id, offset }) => `${payment_id} ${offset}`));

describe("pay statements", () => {
  it("are read in the fewest requests, ten payments each, newest pay date first", async () => {
    const stage = await PayStage.open(world, { payments: 12 });
    const before = await world.lastRequest();
    await world.sync(stage.connection);
    const payments = (await stage.payments()).map(({ id }) => id);
    const asked = await stage.askedSince(before);
    expect(asked.map((pages) => pages.length)).toEqual([10, payments.length - 10]);
    expect(asked.flat().map((page) => page.payment_id)).toEqual(payments);
    expect(new Set(asked.flat().map(({ offset, limit }) => `${offset} ${limit}`))).toEqual(
      new Set(["0 5000"]),
    );
    expect(await stage.differences()).toBe("");
  });

  it("that did not change are only marked as seen", async () => {
    const stage = await PayStage.open(world);
    await world.sync(stage.connection);
    const rows = () =>
      world.rows<Record<string, unknown>>(
        `select s.id, s.version, s.fetched_at, s.xmin::text as writer, l.xmin::text as line_writer, s.seen_at > s.fetched_at as again
         from pay_statements s join pay_statement_lines l on l.statement_id = s.id where s.connection_id = $1 order by 1, l.ordinal`,
        [stage.connection.connectionId],
      );
    const first = await rows();
    await world.sync(stage.connection, "scheduled");
    const second = await rows();
    const unchanged = (row: Record<string, unknown>) => ({ ...row, writer: "", again: null });
    expect(second.map(unchanged)).toEqual(first.map(unchanged));
    expect(second.every((row) => row["again"])).toBe(true);
    expect(await stage.differences()).toBe("");
  });

  it("of large payments are read in pages, and pages of several payments share a request", async () => {
    const stage = await PayStage.open(world, { employees: 7, payments: 4 });
    const run = await stage.begin();
    const before = await world.lastRequest();
    expect(await run.read(2)).toEqual({ end: "done" });
    const pages = (await stage.payments()).flatMap(({ id, people }) =>
      Array.from({ length: Math.ceil(people.length / 2) }, (_, page) => `${id} ${page * 2}`),
    );
    const asked = pagesOf(await stage.askedSince(before));
    expect(asked.flat()).toEqual(pages);
    expect(asked).toHaveLength(Math.ceil(pages.length / 10));
    const { done } = await run.step();
    expect(await run.step()).toEqual({
      done,
      total: done,
      requests: asked.length,
      planned_requests: asked.length,
      item_errors: 0,
    });
    expect(await stage.differences()).toBe("");
  });

  it("of a worker that died are not asked for again: only the request in flight is", async () => {
    const stage = await PayStage.open(world, { employees: 20, payments: 12 });
    const run = await stage.begin();
    const before = await world.lastRequest();
    await expect(run.read(2, { dieAt: 3 })).rejects.toBeInstanceOf(Killed);
    const read = pagesOf(await stage.askedSince(before));
    expect(await run.read(2)).toEqual({ end: "done" });
    const all = pagesOf(await stage.askedSince(before));
    expect(read).toHaveLength(3);
    expect(all[3]).toEqual(read[2]);
    expect(all.flat()).toHaveLength(new Set(all.flat()).size + 10);
    const { done, total } = await run.step();
    expect(done).toBe(total);
    expect(await stage.differences()).toBe("");
  });

  it("of one person keep their places over pages, resumption and a second reading", async () => {
    const stage = await PayStage.open(world, { payments: 1 });
    await world.sync(stage.connection);
    const [payment] = await stage.payments();
    const [first = "", second = ""] = payment?.people ?? [];
    for (const [person, amount] of [
      [first, 111],
      [second, 222],
      [first, 333],
    ] as const) {
      const money = { amount, currency: "usd" } as const;
      stage.edits.addStatement(payment?.id ?? "", { individual_id: person, gross_pay: money });
    }
    await world.publish(stage.connection);
    const run = await stage.begin();
    await expect(run.read(2, { dieAt: 1 })).rejects.toBeInstanceOf(Killed);
    await run.read(2);
    await run.close();
    const slips = await stage.statements(payment?.id ?? "");
    const of = (person: string) => slips.filter((slip) => slip.person === person);
    expect(of(first).map(({ ordinal, cents }) => [ordinal, cents])).toEqual([
      [0, expect.any(String)],
      [1, "111"],
      [2, "333"],
    ]);
    expect(
      of(second)
        .map(({ cents }) => cents)
        .at(-1),
    ).toBe("222");
    const again = await stage.begin("scheduled");
    await again.read(3);
    expect(await stage.statements(payment?.id ?? "")).toEqual(slips);
    expect(await stage.differences()).toBe("");
  });

  it("of people whom the directory does not know belong to a person without a name", async () => {
    const stage = await PayStage.open(world, { products: ["payment", "pay_statement"] });
    await world.sync(stage.connection);
    const people = await world.rows(
      `select distinct first_name, directory_fetched_at, deleted_at is not null as gone, search_text
       from individuals where connection_id = $1`,
      [stage.connection.connectionId],
    );
    expect(people).toEqual([{ first_name: null, directory_fetched_at: null, gone: true, search_text: "" }]);
    expect(await stage.differences()).toBe("");
  });
});
