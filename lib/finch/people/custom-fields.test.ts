import { expect, it } from "vitest";
import { useFinch } from "../testing";
import type { FinchItem } from "../types";
import { streamDirectory, streamEmployments } from "./stream";
import type { FinchEmployment } from "./types";

const world = useFinch({ seed: "case-50" });

it("a custom field keeps no number of a person", async () => {
  const token = await world.token(["directory", "employment"]);
  const individualIds: string[] = [];
  await streamDirectory(world.caller, token, { entityId: "", offset: 0 }, async (entries) => {
    individualIds.push(...entries.map(({ id }) => id));
  });
  const items: FinchItem<FinchEmployment>[] = [];
  await streamEmployments(world.caller, token, { entityId: "", individualIds }, async (chunk) => {
    items.push(...chunk);
  });
  const text = JSON.stringify(items, (_key, value: unknown) =>
    typeof value === "bigint" ? value.toString() : value,
  );
  expect(text).toContain("SSN on file: [masked]");
  expect(text).not.toContain("900-12-3456");
});
