import { describe, expect, it } from "vitest";
import { createTestDatabase, useTestDatabase } from "./index";

describe("test databases", () => {
  const database = useTestDatabase();

  it("two databases share nothing", async () => {
    const other = await createTestDatabase();
    await database().sql("superuser")`create table only_here (id int)`;
    const tables = await other.sql("superuser")`select 1 from pg_tables where tablename = 'only_here'`;
    expect(tables).toHaveLength(0);
    await other.drop();
  });

  it("a dropped database is gone", async () => {
    const other = await createTestDatabase();
    await other.drop();
    const rows = await database().sql("superuser")`select 1 from pg_database where datname = ${other.name}`;
    expect(rows).toHaveLength(0);
  });

  it("the owner is no superuser and may not skip row-level security", async () => {
    const [owner] = await database().sql("owner")`
      select rolsuper, rolbypassrls from pg_roles where rolname = current_user`;
    expect(owner).toEqual({ rolsuper: false, rolbypassrls: false });
  });

  it("the environment points at the file's own database", () => {
    expect(process.env["DATABASE_URL"]).toBe(database().urls.app);
  });
});
