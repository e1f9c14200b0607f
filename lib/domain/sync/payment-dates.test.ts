import { describe, expect, it } from "vitest";
import { inScope } from "@/db/client";
import { readToday } from "@/db/repositories/customers-clock";
import { addDays, allDates, firstJudgedDay, paymentDates } from "./payment-dates";
import { PayStage } from "./statements/testing";
import { useSyncWorld } from "./testing";

/** The windows of DOMAIN 1.4. */

const world = useSyncWorld();

describe("the list of payments", () => {
  it.each([
    ["2026-01-01", "2025-01-01", "2026-03-02"],
    ["2026-04-30", "2025-01-01", "2026-06-29"],
    ["2026-05-01", "2026-01-01", "2026-06-30"],
    ["2026-12-31", "2026-01-01", "2027-03-01"],
    ["2028-02-29", "2027-01-01", "2028-04-29"],
  ])("on %s is of %s to %s: this year, the last one until 30 April, and 60 days ahead", (today, from, to) => {
    expect(paymentDates("window", today)).toEqual({ from, to });
    expect(paymentDates("repair", today)).toEqual({ from, to });
  });

  it("of a full run is of all years", () => {
    expect(allDates("2026-05-01")).toEqual({ from: "2000-01-01", to: "2026-06-30" });
  });

  it("judges nothing that may have left a provider's history", () => {
    expect(firstJudgedDay("gusto", "2026-05-01")).toBe("2000-01-01");
    expect(firstJudgedDay("paychex_flex", "2026-05-01")).toBe("2025-03-08");
    // 28 February and a week; not 2 March.
    expect(firstJudgedDay("paychex_flex", "2026-04-30")).toBe("2025-03-07");
    expect(firstJudgedDay("paycom", "2026-05-01")).toBe("2024-05-08");
  });
});

describe("a scheduled sync", () => {
  it("asks for that window, and for the statements of the last 90 days, those to come and those without a date", async () => {
    const stage = await PayStage.open(world, { payments: 12 });
    const { connectionId } = stage.connection;
    await world.sync(stage.connection);
    const payments = await stage.payments();
    const today = await inScope(stage.connection.ctx, (tx) => readToday(tx, stage.connection.customerId));
    const days = [
      null,
      addDays(today, 14),
      today,
      addDays(today, -90),
      addDays(today, -91),
      addDays(today, -400),
    ];
    // As if they had been read at these dates: what Finch says of them now is not asked for in between.
    for (const [index, day] of days.entries())
      await world.database().sql("superuser")`
        update payments set pay_date = ${day}, fetched_at = now() + interval '1 hour'
        where connection_id = ${connectionId} and finch_payment_id = ${payments[index]?.id ?? ""}`;
    await world.rows(
      `update payments set deleted_at = now(), fetched_at = now() + interval '1 hour'
       where connection_id = $1 and fetched_at < now()`,
      [connectionId],
    );
    const before = await world.lastRequest();
    await world.sync(stage.connection, "scheduled");
    const asked = (await stage.askedSince(before)).flat().map((page) => page.payment_id);
    expect(new Set(asked)).toEqual(new Set(payments.slice(0, 4).map(({ id }) => id)));
    const log = await world.finch<{ operation: string; query: string }[]>(
      "GET",
      `/_sandbox/requests?after=${before}`,
    );
    const list = log.find(({ operation }) => operation === "GET /employer/payment");
    const { from, to } = paymentDates("window", today);
    expect(Object.fromEntries(new URLSearchParams(list?.query))).toEqual({ start_date: from, end_date: to });
  });
});
