import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import {
  createTestConnection,
  createTestCustomer,
  createTestIndividuals,
  createTestUser,
} from "@/db/seed/factories";
import { useTestDatabase } from "@/db/testing";
import type { Role } from "@/lib/auth/permissions";
import type { Context } from "@/lib/domain/context";
import { useUpLimit } from "@/lib/domain/limits/testing";
import { testContext } from "@/lib/domain/testing";
import { exportDirectory, type ExportDirectoryInput } from "./export-directory";

const database = useTestDatabase();
const people = 1203;
let acme = "";
let gusto = "";

beforeAll(async () => {
  const sql = database().sql("superuser");
  acme = (await createTestCustomer(sql, { name: "Acme, Inc. & Söhne" })).id;
  gusto = (await createTestConnection(sql, { customerId: acme })).id;
  await createTestIndividuals(sql, { customerId: acme, connectionId: gusto, count: people, lastNames: 40 });
  await sql`update individuals set first_name = '=HYPERLINK("http://evil.test","pay")', last_name = null, preferred_name = null
    where finch_individual_id = 'finch-1'`;
  await configureDatabase({ url: database().urls.app });
});
afterAll(closeDatabase);

async function user(role: Role) {
  const made = await createTestUser(database().sql("superuser"), { role, customerId: acme });
  return testContext(role, acme, { userId: made.id });
}

const userIdOf = ({ actor }: Context) => (actor.kind === "user" ? actor.userId : "");

async function whole(role: Role, input: Partial<ExportDirectoryInput> = {}): Promise<string[]> {
  const { chunks } = await exportDirectory(await user(role), input);
  let text = "";
  for await (const chunk of chunks) text += chunk;
  return text.trimEnd().split("\r\n");
}

describe("the directory's export", () => {
  it("holds everybody once, in pieces, with a byte order mark and a safe file name", async () => {
    const ctx = await user("employer_admin");
    const file = await exportDirectory(ctx, {}, new Date("2026-11-22T02:00:00Z"));
    // Still the day before in New York.
    expect(file.fileName).toBe("acme-inc-s-hne-directory-2026-11-21.csv");
    const pieces: string[] = [];
    for await (const chunk of file.chunks) pieces.push(chunk);
    expect(pieces.length).toBeGreaterThanOrEqual(4);
    expect(pieces[0]?.startsWith("\uFEFF")).toBe(true);
    const lines = pieces.join("").trimEnd().split("\r\n");
    expect(lines).toHaveLength(people + 1);
    expect(new Set(lines).size).toBe(people + 1);
  });

  it("a name that is a formula is text", async () => {
    const lines = await whole("employer_admin", { search: "first00001" });
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(/^"'=HYPERLINK/);
  });

  it("has income for who may see it, nothing of it for hr, and no SSN for anybody", async () => {
    const [admin, payroll, hr] = await Promise.all([
      whole("employer_admin"),
      whole("payroll_manager"),
      whole("hr_viewer"),
    ]);
    expect(admin.join("\n")).toContain("78400.00");
    expect(payroll.join("\n")).toContain("78400.00");
    expect(hr.join("\n")).not.toMatch(/78400|Income/);
    for (const file of [admin, payroll, hr]) expect(file.join("\n")).not.toContain("4417");
    expect(hr[0]).toContain("Data as of (UTC)");
  });

  it("is audited with its number of rows before the first one leaves", async () => {
    const ctx = await user("hr_viewer");
    await exportDirectory(ctx, { statuses: ["terminated"] });
    const [entry] = await database().sql("superuser")`
      select l.action, d.details from audit_log l join audit_details d using (customer_id, seq)
      where l.actor_id = ${userIdOf(ctx)}`;
    expect(entry).toEqual({ action: "directory.export", details: { rows: Math.floor(people / 11) } });
  });

  it("stops where the role is taken away in the middle", async () => {
    const sql = database().sql("superuser");
    const ctx = await user("payroll_manager");
    const { chunks } = await exportDirectory(ctx, {});
    await chunks.next();
    const rows = await chunks.next();
    expect(rows.value).toContain("78400.00");
    await sql`delete from user_roles where user_id = ${userIdOf(ctx)}`;
    await expect(chunks.next()).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it("is limited by the hour for each person, and what was refused is not audited", async () => {
    const sql = database().sql("superuser");
    const [ctx, colleague] = [await user("hr_viewer"), await user("hr_viewer")];
    await useUpLimit(sql, "export", userIdOf(ctx));
    await expect(exportDirectory(ctx, {})).rejects.toMatchObject({ code: "RATE_LIMITED" });
    await expect(exportDirectory(colleague, {})).resolves.toBeDefined();
    expect(await sql`select from audit_log where actor_id = ${userIdOf(ctx)}`).toEqual([]);
  });

  it("an employee may not, and another employer's directory stays empty", async () => {
    await expect(exportDirectory(testContext("employee", acme), {})).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    await expect(
      exportDirectory(testContext("employer_admin", crypto.randomUUID()), {}),
    ).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });
});
