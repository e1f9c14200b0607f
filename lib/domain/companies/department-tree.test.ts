import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toDepartmentTree, type DepartmentNode } from "./department-tree";

const department = (name: string | null, parent?: string) => ({
  name,
  parent: parent === undefined ? null : { name: parent },
});
const outline = (nodes: readonly DepartmentNode[]): unknown[] =>
  nodes.map(({ name, children }) => (children.length > 0 ? [name, outline(children)] : name));
const everybody = (nodes: readonly DepartmentNode[]): DepartmentNode[] =>
  nodes.flatMap((node) => [node, ...everybody(node.children)]);

describe("departments", () => {
  it("stand below the one that they name, in order", () => {
    const tree = toDepartmentTree([
      department("Support", "Operations"),
      department("Operations"),
      department("Billing", "Operations"),
      department("Clinical"),
    ]);
    expect(outline(tree?.roots ?? [])).toEqual(["Clinical", ["Operations", ["Billing", "Support"]]]);
    expect(tree).toMatchObject({ listed: 4, unnamed: 0 });
  });

  it("that are not listed are parents all the same, and said to be no more", () => {
    const tree = toDepartmentTree([department("Support", "Operations")]);
    expect(tree?.roots).toMatchObject([{ name: "Operations", listed: false, children: [{ listed: true }] }]);
  });

  it("in a circle are all there: it is opened at one place, and said where", () => {
    const tree = toDepartmentTree([department("B", "C"), department("C", "A"), department("A", "B")]);
    expect(outline(tree?.roots ?? [])).toEqual([["A", [["C", ["B"]]]]]);
    expect(tree?.roots[0]?.loopOf).toBe("B");
    expect(toDepartmentTree([department("Own", "Own")])?.roots).toMatchObject([
      { name: "Own", loopOf: "Own" },
    ]);
  });

  it("without a name are counted, and a list that is none is not taken for an empty one", () => {
    expect(toDepartmentTree([department(null), department(" "), {}, 7])).toEqual({
      roots: [],
      listed: 4,
      unnamed: 4,
    });
    expect(toDepartmentTree(null)).toBeNull();
    expect(toDepartmentTree([])).toEqual({ roots: [], listed: 0, unnamed: 0 });
  });

  it("are each in the tree once, whoever names whom", () => {
    const name = fc.constantFrom("A", "B", "C", "D", "E", "F", "G");
    fc.assert(
      fc.property(fc.array(fc.tuple(name, fc.option(name))), (pairs) => {
        const raw = pairs.map(([own, parent]) => department(own, parent ?? undefined));
        const nodes = everybody(toDepartmentTree(raw)?.roots ?? []).map((node) => node.name);
        expect(nodes).toHaveLength(new Set(nodes).size);
        expect(nodes).toEqual(expect.arrayContaining(pairs.map(([own]) => own)));
      }),
    );
  });

  it("of a deep chain are read at once", () => {
    const deep = Array.from({ length: 3_000 }, (_, at) => department(`D${at}`, `D${at + 1}`));
    const start = process.cpuUsage();
    expect(toDepartmentTree(deep)?.roots).toHaveLength(1);
    expect(process.cpuUsage(start).user / 1_000).toBeLessThan(3_000);
  });
});
