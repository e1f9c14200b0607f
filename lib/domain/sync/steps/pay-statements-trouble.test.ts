import { describe, expect, it } from "vitest";
import { PayStage } from "../statements/testing";
import { useSyncWorld } from "../testing";

const world = useSyncWorld();

const newest = async (stage: PayStage) => {
  const [payment] = await stage.payments();
  if (!payment) throw new Error("no payment");
  return payment;
};
const holds = ({ connection }: PayStage) =>
  world.rows<Record<string, unknown>>(
    `select finch_id, rows, accepted_at is not null as accepted, resolved_at is not null as over, request_id is not null as asked
     from sync_holds where connection_id = $1 order by created_at`,
    [connection.connectionId],
  );
const errors = ({ connection }: PayStage) =>
  world.rows<Record<string, unknown>>(
    "select product, finch_id, code, name, finch_code from item_errors where connection_id = $1",
    [connection.connectionId],
  );
const accept = ({ connection }: PayStage) =>
  world.rows("update sync_holds set accepted_at = now(), accepted_by = 'u' where connection_id = $1", [
    connection.connectionId,
  ]);

describe("statements that Finch is still fetching", () => {
  it("are waited for, while other payments are read", async () => {
    const stage = await PayStage.open(world);
    const run = await stage.begin();
    const { id } = await newest(stage);
    stage.edits.holdStatements(id, { code: 202, times: 2 });
    const waiting = { end: "waiting", message: "Finch is still fetching the pay statements of 1 payment." };
    expect(await run.read()).toEqual(waiting);
    const states = (await stage.payments()).map(({ state }) => state);
    expect(states).toEqual(["pending", ...states.slice(1).map(() => "complete")]);
    const before = await world.lastRequest();
    expect(await run.read()).toEqual(waiting);
    expect(await run.read()).toEqual({ end: "done" });
    // Nothing but the page that was missing is asked for.
    expect((await stage.askedSince(before)).map((pages) => pages.map((page) => page.payment_id))).toEqual([
      [id],
      [id],
    ]);
    expect(await stage.differences()).toBe("");
  });

  it("are left to a later sync when they take too long, and the step says so", async () => {
    const stage = await (await PayStage.open(world)).seasoned();
    const run = await stage.begin();
    const { id } = await newest(stage);
    stage.edits.holdStatements(id, { code: 202 });
    await run.read();
    await world.rows(
      `update sync_steps set cursor = jsonb_set(cursor, '{pendingSince}', to_jsonb('2026-01-01T00:00:00.000Z'::text))
       where run_id = $1 and name = 'pay_statements'`,
      [run.runId],
    );
    expect(await run.read()).toEqual({
      end: "done",
      message: "1 payment still being fetched by Finch; a later sync reads them.",
    });
    expect((await stage.payment(id)).state).toBe("pending");
    await run.close();
    stage.edits.releaseStatements(id);
    const repair = await stage.begin("repair");
    const before = await world.lastRequest();
    expect(await repair.read()).toEqual({ end: "done" });
    expect((await stage.askedSince(before)).flat().map((page) => page.payment_id)).toEqual([id]);
    expect(await stage.differences()).toBe("");
  });
});

describe("a payment whose statements Finch cannot give", () => {
  it("is kept with its reason, the others land, and a later run mends it", async () => {
    const stage = await PayStage.open(world, { employees: 7 });
    await world.sync(stage.connection);
    const { id, people } = await newest(stage);
    const before = await stage.statements(id);
    stage.edits.removeStatements(id, people.slice(0, 1));
    await world.publish(stage.connection);
    stage.edits.holdStatements(id, { code: 502, fromOffset: 2, times: 1 });
    const run = await stage.begin("scheduled");
    expect(await run.read(2)).toEqual({
      end: "done",
      message: "1 payment could not be read; the reasons are kept.",
    });
    expect(await stage.payments()).toMatchObject([
      { id, state: "failed" },
      ...(await stage.payments()).slice(1).map(() => ({ state: "complete" })),
    ]);
    expect(await errors(stage)).toEqual([
      {
        product: "pay_statements",
        finch_id: id,
        code: 502,
        name: "bad_gateway_error",
        finch_code: "upstream_provider_error",
      },
    ]);
    // Whoever was not seen stays: the payment was not read to its end.
    expect((await stage.statements(id)).map(({ person }) => person)).toEqual(
      before.map(({ person }) => person),
    );
    expect(await run.step()).toMatchObject({ item_errors: 1 });
    await run.close();
    const repair = await stage.begin("repair");
    expect(await repair.read(2)).toEqual({ end: "done" });
    expect(await errors(stage)).toEqual([]);
    expect(await stage.differences()).toBe("");
  });

  it("that is unknown to Finch by now takes nobody else's statements along", async () => {
    const stage = await PayStage.open(world);
    const run = await stage.begin();
    const { id } = await newest(stage);
    stage.edits.holdStatements(id, { code: 404 });
    await run.read();
    expect((await stage.payments()).map(({ state }) => state).sort()).toEqual([
      ...Array.from({ length: (await stage.payments()).length - 1 }, () => "complete"),
      "failed",
    ]);
  });
});

/** Reads in pages of two, with something happening to the payment after each of some requests. */
async function readWhile(stage: PayStage, changes: number, change: () => void) {
  const run = await stage.begin("scheduled");
  const before = await world.lastRequest();
  const ending = await run.read(2, {
    meanwhile: async (request) => {
      if (request > changes) return;
      change();
      await world.publish(stage.connection);
    },
  });
  await run.close();
  const asked = await stage.askedSince(before);
  return { ending, first: asked.map(([page]) => page?.offset) };
}

describe("a payment that changes while it is read", () => {
  it("is read again from its beginning, once, and is right after that", async () => {
    const stage = await PayStage.open(world, { employees: 30, payments: 1 });
    await world.sync(stage.connection);
    const { id, people } = await newest(stage);
    const read = await readWhile(stage, 1, () => stage.edits.removeStatements(id, people.slice(0, 3)));
    expect(read).toEqual({ ending: { end: "done" }, first: [0, 20, 0, 20] });
    expect(await stage.slipDifferences()).toBe("");
  });

  it("and changes again stays as it was read: nobody is taken out, and nobody is there twice", async () => {
    const stage = await PayStage.open(world, { employees: 30, payments: 1 });
    await world.sync(stage.connection);
    const { id, people } = await newest(stage);
    const left = [...people];
    const read = await readWhile(stage, 3, () => stage.edits.removeStatements(id, left.splice(0, 1)));
    expect(read).toEqual({
      ending: { end: "done", message: "1 payment changed while being read; nothing was taken out." },
      first: [0, 20, 0, 20],
    });
    expect((await stage.statements(id)).map(({ person }) => person)).toEqual([...people].sort());
    expect((await stage.payment(id)).state).toBe("partial");
    const repair = await (await stage.seasoned()).begin("repair");
    expect(await repair.read(2)).toEqual({ end: "done" });
    expect(await stage.slipDifferences()).toBe("");
  });

  it("without a change of its size is read again too, when Finch renewed its data between two pages", async () => {
    const stage = await PayStage.open(world, { employees: 30, payments: 1 });
    await world.sync(stage.connection);
    const { id, people } = await newest(stage);
    const [gone = "", moved = ""] = people;
    const read = await readWhile(stage, 1, () => {
      stage.edits.removeStatements(id, [gone]);
      stage.edits.addStatement(id, { individual_id: moved, gross_pay: { amount: 5, currency: "usd" } });
    });
    expect(read).toEqual({ ending: { end: "done" }, first: [0, 20, 0, 20] });
    expect(await stage.slipDifferences()).toBe("");
  });
});

describe("an empty answer where there were statements", () => {
  async function emptied() {
    const stage = await PayStage.open(world, { payments: 2 });
    await world.sync(stage.connection);
    await stage.seasoned();
    const { id, people } = await newest(stage);
    const before = await stage.statements(id);
    stage.edits.removeStatements(id, people);
    await world.publish(stage.connection);
    const run = await stage.begin("scheduled");
    const ending = await run.read();
    await run.close();
    return { stage, id, people, before, ending };
  }

  it("takes nothing away: it is held until a person accepts it", async () => {
    const { stage, id, before, ending } = await emptied();
    expect(ending).toEqual({
      end: "done",
      message: "1 payment came empty; the pay statements stay until somebody accepts that they are gone.",
    });
    expect(await stage.statements(id)).toEqual(before);
    expect((await stage.payment(id)).state).toBe("held");
    expect(await holds(stage)).toEqual([
      { finch_id: id, rows: before.length, accepted: false, over: false, asked: true },
    ]);
    const again = await stage.begin("repair");
    await again.read();
    await again.close();
    expect(await stage.statements(id)).toEqual(before);
    await accept(stage);
    const accepted = await stage.begin("repair");
    expect(await accepted.read()).toEqual({ end: "done" });
    expect(await stage.statements(id)).toEqual([]);
    expect(await holds(stage)).toEqual([
      { finch_id: id, rows: before.length, accepted: true, over: true, asked: true },
    ]);
    expect(await stage.differences()).toBe("");
  });

  it("is over when the statements come back", async () => {
    const { stage, id, people, before } = await emptied();
    const [person = ""] = people;
    stage.edits.addStatement(id, { individual_id: person, gross_pay: { amount: 5, currency: "usd" } });
    await world.publish(stage.connection);
    const run = await stage.begin("scheduled");
    expect(await run.read()).toEqual({ end: "done" });
    expect(await stage.statements(id)).toMatchObject([{ person, ordinal: 0, cents: "5" }]);
    expect(before.length).toBeGreaterThan(1);
    expect((await holds(stage)).map(({ over }) => over)).toEqual([true]);
    expect(await stage.differences()).toBe("");
  });
});

describe("a statement that moves to another person", () => {
  it("counts for the new one and no longer for the old one", async () => {
    const stage = await PayStage.open(world, { employees: 20, payments: 8 });
    await world.sync(stage.connection);
    const all = await stage.payments();
    const payment = all.find(({ people }) =>
      all.some((other) => other.people.some((id) => !people.includes(id))),
    );
    const to = all.flatMap(({ people }) => people).find((id) => !payment?.people.includes(id)) ?? "";
    const from = payment?.people[0] ?? "";
    stage.edits.moveStatement(payment?.id ?? "", from, to);
    await world.publish(stage.connection);
    await world.sync(stage.connection, "scheduled");
    const people = (await stage.statements(payment?.id ?? "")).map(({ person }) => person);
    expect(people).toContain(to);
    expect(people).not.toContain(from);
    expect(await stage.differences()).toBe("");
  });
});

describe("what goes wrong with a request for statements", () => {
  it.each(["reset", "truncated", "nulls", "unknown_enums"])(
    "%s: the mirror is right after the next sync at the latest",
    async (kind) => {
      const stage = await PayStage.open(world, { payments: 3 });
      const { accessToken: token } = stage.connection;
      await world.fault({ operation: "POST /employer/pay-statement", kind, times: 1, token });
      await world.sync(stage.connection);
      if (await stage.differences()) await world.sync(stage.connection, "scheduled");
      expect(await stage.differences()).toBe("");
    },
  );

  it("keeps what came before the answer broke off, and asks again only for the rest", async () => {
    const stage = await PayStage.open(world, { employees: 12, payments: 2 });
    const run = await stage.begin();
    await world.fault({ operation: "POST /employer/pay-statement", kind: "truncated", times: 1 });
    const before = await world.lastRequest();
    expect(await run.read(2)).toMatchObject({ end: "failed", failure: { kind: "timeout" } });
    const [broken = []] = await stage.askedSince(before);
    const done = Number((await run.step())["done"]);
    expect(done).toBeGreaterThan(0);
    await run.read(2);
    const [, again = []] = await stage.askedSince(before);
    expect(again[0]).toEqual(broken[Math.floor(done / 2)]);
    expect(await stage.differences()).toBe("");
  });
});
