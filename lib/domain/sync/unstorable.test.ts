import { describe, expect, it } from "vitest";
import { useSyncWorld } from "./testing";

const world = useSyncWorld();

/** What JSON allows and PostgreSQL refuses: U+0000, and half of a surrogate pair. */
const zero = "\u0000";
const half = "\ud83d";

describe("a text that PostgreSQL cannot hold", () => {
  it("comes with a replacement character, and nothing of the sync is lost for it", async () => {
    const products = ["directory", "individual", "employment", "payment", "pay_statement"];
    const connection = await world.connect({ products, employees: 3 });
    const { accessToken, connectionId } = connection;
    const [person] = await world.finch<{ id: string }[]>(
      "POST",
      "/sandbox/directory",
      [
        {
          first_name: `Ad${zero}a`,
          last_name: `Love${half}lace`,
          title: `${zero}Engineer`,
          custom_fields: [{ name: `Desk${zero}`, value: `4${half}2` }],
        },
      ],
      accessToken,
    );
    const earning = { name: `Sal${zero}ary`, type: "salary", amount: 5_000_00, currency: "usd", hours: 80 };
    await world.finch(
      "POST",
      "/sandbox/payment",
      {
        start_date: "2026-01-01",
        end_date: "2026-01-15",
        pay_date: "2026-01-15",
        pay_statements: [{ individual_id: person?.id, earnings: [earning] }],
      },
      accessToken,
    );
    await world.publish(connection);
    const runId = await world.sync(connection);

    expect(await world.row("select status from sync_runs where id = $1", [runId])).toEqual({
      status: "succeeded",
    });
    expect(
      await world.row(
        `select i.first_name, i.last_name, i.title, i.custom_fields from individuals i
         where i.connection_id = $1 and i.finch_individual_id = $2`,
        [connectionId, person?.id ?? ""],
      ),
    ).toEqual({
      first_name: "Ad\ufffda",
      last_name: "Love\ufffdlace",
      title: "\ufffdEngineer",
      custom_fields: [{ name: "Desk\ufffd", value: "4\ufffd2" }],
    });
    expect(
      await world.rows(
        "select name from pay_statement_lines where connection_id = $1 and name like 'Sal%ary'",
        [connectionId],
      ),
    ).toContainEqual({ name: "Sal\ufffdary" });
  });
});
