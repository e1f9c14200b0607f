import { afterAll, expect, it } from "vitest";
import { closeDatabase } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { newPerson } from "@/lib/domain/team/testing";
import { PayWorld } from "../ytd/testing";
import type { ClassifyItemInput } from "./classification-input";
import { classifyItem } from "./classify-item";
import { undoClassification } from "./undo-classification";

const database = useTestDatabase();
afterAll(closeDatabase);

it("own types go up to a number for each connection, and what is there can still be changed and undone", async () => {
  const { sql, customerId, ...world } = await openWorld();
  const { ctx } = await newPerson(sql, customerId);
  const asked = (more: Partial<ClassifyItemInput>): ClassifyItemInput => ({
    ...{ connectionId: world.connectionId, category: "earning", name: "Shift Premium", finchType: "other" },
    ...{ mappedType: "wage", acceptClosedYears: true, ...more },
  });
  const fill = (rows: number, removedAt: Date | null, connectionId = world.connectionId) =>
    sql`insert into item_classifications (customer_id, connection_id, category, name, finch_type, mapped_type, removed_at)
      select ${customerId}, ${connectionId}, 'earning', 'Made up ' || n, 'other', 'wage', ${removedAt}
      from generate_series(1, ${rows}::int) n`;
  const refused = (words: string) => ({
    code: "CONFLICT",
    message: expect.stringContaining(words) as string,
  });
  const { id } = await classifyItem(ctx, asked({ effectiveTo: "2025-12-31" }));
  await fill(1_999, null);
  await fill(2_000, null, world.beside);
  const another = asked({ effectiveFrom: "2026-01-01" });
  await expect(classifyItem(ctx, another)).rejects.toMatchObject(refused("2,000"));
  await classifyItem(ctx, asked({ effectiveTo: "2025-12-30", change: { id, version: 1 } }));
  await undoClassification(ctx, { id, version: 2, acceptClosedYears: true });
  await classifyItem(ctx, another);
  await sql`update item_classifications set removed_at = now() where name like 'Made up%' and customer_id = ${customerId}`;
  await fill(7_999, new Date());
  await expect(classifyItem(ctx, asked({ name: "Salary" }))).rejects.toMatchObject(
    refused("undone ones included"),
  );
});

async function openWorld() {
  const world = await PayWorld.open(database());
  const [connectionId, beside] = [await world.connect(), await world.connect()];
  return { sql: world.sql, customerId: world.customerId, connectionId, beside };
}
