import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildOrgTree, pathTo, type OrgTree, type ReportingLine } from "./build-org-tree";

const line = (id: string, manager: string | null = null, isActive: boolean | null = true): ReportingLine => ({
  id,
  connectionId: "gusto",
  finchId: `finch-${id}`,
  managerFinchId: manager && `finch-${manager}`,
  isActive,
});
const outline = ({ nodes }: OrgTree, ids: readonly string[]): unknown[] =>
  ids.map((id) => [id, ...outline({ nodes, roots: [], hidden: 0 }, nodes.get(id)?.children ?? [])]);
const grow = (lines: ReportingLine[], left = false) => buildOrgTree(lines, { left });

describe("an org chart", () => {
  it("has several tops, and counts who is below them", () => {
    const tree = grow([line("ada"), line("ben", "ada"), line("cora", "ben"), line("dan")]);
    expect(outline(tree, tree.roots)).toEqual([["ada", ["ben", ["cora"]]], ["dan"]]);
    expect([...tree.nodes.values()].map(({ below }) => below)).toEqual([2, 1, 0, 0]);
    expect(pathTo(tree, "cora")).toEqual(["ada", "ben", "cora"]);
    expect(pathTo(tree, "nobody")).toEqual([]);
  });

  it("puts whoever names a manager that is nobody on top, and says so", () => {
    const tree = grow([line("ada", "gone"), line("ben", "ada")]);
    expect(tree.roots).toEqual(["ada"]);
    expect(tree.nodes.get("ada")?.issue).toBe("missing_manager");
    // The same id in another connection is somebody else.
    const elsewhere = grow([line("ada"), { ...line("ben", "ada"), connectionId: "adp" }]);
    expect(elsewhere.nodes.get("ben")?.issue).toBe("missing_manager");
  });

  it("opens a circle at the first of its people, and their own manager at themselves", () => {
    const tree = grow([line("x", "b"), line("a", "c"), line("b", "a"), line("c", "b"), line("own", "own")]);
    expect(outline(tree, tree.roots)).toEqual([["a", ["b", ["x"], ["c"]]], ["own"]]);
    expect(tree.nodes.get("a")?.issue).toBe("circle");
    expect(tree.nodes.get("own")?.issue).toBe("own_manager");
  });

  it("leaves out who left, but for those whom somebody still reports to", () => {
    const lines = [line("ada", null, false), line("ben", "ada"), line("eve", null, false)];
    const tree = grow(lines);
    expect(outline(tree, tree.roots)).toEqual([["ada", ["ben"]]]);
    expect(tree.hidden).toBe(1);
    expect(grow(lines, true).roots).toEqual(["ada", "eve"]);
  });

  it("holds everybody once, below one top, whoever names whom", () => {
    const person = fc.record({ manager: fc.option(fc.nat(14)), active: fc.boolean() });
    fc.assert(
      fc.property(fc.array(person, { maxLength: 15 }), fc.boolean(), (people, left) => {
        const lines = people.map(({ manager, active }, at) =>
          line(String(at), manager === null ? null : String(manager), active),
        );
        const tree = grow(lines, left);
        const ids = (outline(tree, tree.roots).flat(Infinity) as string[]).sort();
        expect(ids).toEqual([...tree.nodes.keys()].sort());
        expect(tree.nodes.size + tree.hidden).toBe(people.length);
        const below = tree.roots.reduce((sum, id) => sum + (tree.nodes.get(id)?.below ?? 0) + 1, 0);
        expect(below).toBe(ids.length);
      }),
    );
  });

  it("of 10,000 people, flat or a single chain, is there at once", () => {
    const chain = Array.from({ length: 10_000 }, (_, at) =>
      line(String(at), at === 0 ? null : String(at - 1)),
    );
    // The time of this process alone: a busy machine is no slow tree.
    const start = process.cpuUsage();
    expect(grow(chain).nodes.get("0")?.below).toBe(9_999);
    const flat = Array.from({ length: 10_000 }, (_, at) => line(String(at), at === 0 ? null : "0"));
    expect(grow(flat).nodes.get("0")?.children).toHaveLength(9_999);
    expect(process.cpuUsage(start).user / 1_000).toBeLessThan(3_000);
  });
});
