import { expect, it } from "vitest";
import type { GroupRunRow } from "@/db/repositories/payroll-runs";
import { withoutCorrections } from "./group-runs";

const run = (payDate: string, start: string, end: string, people = 10): GroupRunRow => ({
  id: payDate,
  connectionId: "c",
  entityId: "",
  finchPayGroupId: "g",
  frequency: "weekly",
  payDate,
  payPeriodStart: start,
  payPeriodEnd: end,
  grossPayCents: null,
  grossPayCurrency: null,
  people,
});
const kept = (...runs: GroupRunRow[]) => withoutCorrections(runs).map(({ payDate }) => payDate);

it("periods that only share a boundary day are runs of their own", () => {
  const runs = [
    run("2026-01-09", "2026-01-01", "2026-01-08"),
    run("2026-01-16", "2026-01-08", "2026-01-15"),
    run("2026-01-23", "2026-01-15", "2026-01-22"),
  ];
  expect(kept(...runs)).toEqual(["2026-01-09", "2026-01-16", "2026-01-23"]);
});

it("of periods that overlap by more, or are the same, the run that pays more people is the regular one", () => {
  const first = run("2026-01-09", "2026-01-01", "2026-01-08");
  expect(kept(first, run("2026-01-12", "2026-01-07", "2026-01-10", 2))).toEqual(["2026-01-09"]);
  expect(kept(first, run("2026-01-12", "2026-01-01", "2026-01-08", 12))).toEqual(["2026-01-12"]);
  const day = run("2026-01-09", "2026-01-09", "2026-01-09");
  expect(kept(day, { ...day, payDate: "2026-01-10", people: 1 })).toEqual(["2026-01-09"]);
});
