import { describe, expect, it } from "vitest";
import type { OrgPersonView } from "@/lib/domain/org-chart/views";
import { moveOf, rowsOf, withBranch, type Branches } from "./org-rows";

const person = (id: string, reports = 0): OrgPersonView => ({
  id,
  name: id,
  title: null,
  department: null,
  isActive: true,
  provider: null,
  reports,
  below: reports,
  issue: null,
});
const branch = (parentId: string | null, people: OrgPersonView[], offset = 0, total = people.length) => ({
  parentId,
  offset,
  total,
  people,
});
const grow = (...parts: ReturnType<typeof branch>[]) => parts.reduce(withBranch, new Map() as Branches);
const chart = grow(
  branch(null, [person("ada", 2), person("ben")]),
  branch("ada", [person("cora"), person("dan", 1)]),
);

describe("the rows of the chart", () => {
  it("are those of open branches, each with its place and level", () => {
    expect(rowsOf(chart, new Set()).map(({ key }) => key)).toEqual(["ada", "ben"]);
    expect(rowsOf(chart, new Set(["ada"]))).toMatchObject([
      { key: "ada", level: 1, at: 0, of: 2, open: true },
      { key: "cora", level: 2, at: 0, of: 2, parentId: "ada" },
      { key: "dan", level: 2, at: 1, of: 2, open: false },
      { key: "ben", level: 1, at: 1, of: 2 },
    ]);
  });

  it("keep the place of people who are not here yet", () => {
    const later = grow(branch(null, [person("zoe")], 200, 201));
    const rows = rowsOf(later, new Set());
    expect(rows).toHaveLength(201);
    expect(rows[0]).toMatchObject({ key: "#0", person: null });
    expect(rows[200]).toMatchObject({ key: "zoe" });
    const both = withBranch(later, branch(null, [person("ada")], 0, 201));
    expect(rowsOf(both, new Set()).filter(({ person: known }) => known)).toHaveLength(2);
  });

  it("of 10,000 people below one are made at once", () => {
    const many = Array.from({ length: 10_000 }, (_, at) => person(`p${at}`));
    const start = process.cpuUsage();
    expect(
      rowsOf(grow(branch(null, [person("top", 10_000)]), branch("top", many)), new Set(["top"])),
    ).toHaveLength(10_001);
    expect(process.cpuUsage(start).user / 1_000).toBeLessThan(2_000);
  });
});

describe("a key in the chart", () => {
  const rows = rowsOf(chart, new Set(["ada"]));

  it.each([
    ["ArrowDown", 0, { to: 1 }],
    ["ArrowDown", 3, null],
    ["ArrowUp", 0, null],
    ["ArrowUp", 2, { to: 1 }],
    ["Home", 3, { to: 0 }],
    ["End", 0, { to: 3 }],
    ["ArrowRight", 0, { to: 1 }],
    ["ArrowRight", 2, { open: "dan" }],
    ["ArrowRight", 1, null],
    ["ArrowLeft", 0, { close: "ada" }],
    ["ArrowLeft", 1, { to: 0 }],
    ["ArrowLeft", 3, null],
    ["d", 0, { to: 2 }],
    ["a", 2, { to: 0 }],
    ["x", 0, null],
    ["Tab", 0, null],
  ])("%s from row %i leads to %j", (key, at, move) => {
    expect(moveOf(key, rows, at)).toEqual(move);
  });
});
