import { expect, it } from "vitest";
import type { MissingRuns } from "./list-missing-runs";
import { toAttention } from "./to-attention";

const runs = (at: number, more: Partial<MissingRuns> = {}): MissingRuns => ({
  key: `group-${at}`,
  connectionId: "connection",
  group: { name: `Group ${at}` },
  payGroupId: `id-${at}`,
  payDates: ["2026-10-02"],
  mayManage: true,
  ...more,
});
const of = (...missing: MissingRuns[]) => toAttention([], [], missing);

it("several missing runs of a group are one item that names the latest days", () => {
  const payDates = ["2026-08-21", "2026-09-04", "2026-09-18", "2026-10-02", "2026-10-16"];
  expect(of(runs(1, { payDates }))).toMatchObject([
    {
      title: "5 expected payments of Group 1 are missing",
      means:
        "They were due on Sep 18, 2026; Oct 2, 2026; Oct 16, 2026, and 2 earlier. Sums and year-to-date wages lack them, if paid.",
    },
  ]);
});

it("a group without a name, and payments without a group, have their words", () => {
  const titles = of(runs(1, { group: { name: null } }), runs(2, { group: null })).map(({ title }) => title);
  expect(titles).toEqual([
    "An expected payment of an unnamed pay group is missing",
    "An expected payment from the provider is missing",
  ]);
});

it("who may not settle a day is told who can", () => {
  expect(of(runs(1, { mayManage: false }))[0]?.todo).toBe(
    "Look for it at the provider. Who manages payroll can say in the calendar that none was run.",
  );
});

it("where many groups lack runs, five have an item of their own, and one stands for the rest", () => {
  const items = of(...Array.from({ length: 7 }, (_, at) => runs(at)));
  expect(items).toHaveLength(6);
  expect(items.at(-1)).toMatchObject({
    title: "2 more pay groups lack expected payments",
    place: { kind: "payroll" },
  });
  expect(new Set(items.map(({ key }) => key)).size).toBe(6);
  expect(of(...Array.from({ length: 5 }, (_, at) => runs(at)))).toHaveLength(5);
});
