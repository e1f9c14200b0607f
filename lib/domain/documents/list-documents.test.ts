import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { RevealWorld, type SealedEmployer } from "@/lib/domain/reveal/testing";
import { getDocument } from "./get-document";
import { documentPageSize, listDocuments } from "./list-documents";

const world = new RevealWorld(useTestDatabase());
const products = ["directory", "individual", "employment", "documents"];
const ssn = "900-55-1234";
let acme: SealedEmployer;
const people = 70;

/** A form of each year for everybody, one of nobody, one that failed and one that was not read. */
beforeAll(async () => {
  acme = await world.addEmployer(people, products);
  const { customerId, connection } = acme;
  const content = { filing_status: "single", total_number_of_allowances: 1, ssn };
  await world.sql()`
    insert into documents (customer_id, connection_id, finch_document_id, individual_id, type, year, content,
      content_fetched_at, fetched_at)
    select ${customerId}, ${connection.id}, gen_random_uuid()::text, i.id, case y when 2019 then 'w4_2005' else 'w4_2020' end, y,
      ${world.sql().json(content)}, now(), now()
    from individuals i, unnest(array[2019, 2024]) y where i.connection_id = ${connection.id}`;
  await world.sql()`
    insert into documents (customer_id, connection_id, finch_document_id, type, year, content_error, fetched_at)
    values (${customerId}, ${connection.id}, 'nobody', null, null, ${world.sql().json({ code: 500, message: "Finch had an error." })}, now()),
      (${customerId}, ${connection.id}, 'unread', 'w4_2020', 2025, null, now())`;
});
afterAll(closeDatabase);

const as = (role: "employer_admin" | "payroll_manager" | "hr_viewer") => world.as(role, acme.customerId);
type Page = Awaited<ReturnType<typeof listDocuments>>;

describe("the tax forms", () => {
  it("come page by page, each once, of one person the newest first, those of nobody last", async () => {
    const admin = await as("payroll_manager");
    const rows: Page["rows"] = [];
    let after: string | null = null;
    let previous: string | null = null;
    do {
      const page: Page = await listDocuments(admin, { after });
      rows.push(...page.rows);
      ({ next: after, previous } = page);
      expect(page).toMatchObject({ total: 2 * people + 2, matching: 2 * people + 2 });
    } while (after);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(2 * people + 2);
    expect(rows.slice(0, 2)).toMatchObject([{ year: 2024 }, { year: 2019, person: rows[0]?.person }]);
    expect(rows.slice(-2).map(({ person }) => person)).toEqual([null, null]);
    const back = await listDocuments(admin, { before: previous });
    expect(back.rows.map(({ id }) => id)).toEqual(rows.slice(50, 100).map(({ id }) => id));
    expect(back.rows).toHaveLength(documentPageSize);
  });

  it("are narrowed by person, kind, year and state", async () => {
    const admin = await as("employer_admin");
    const matching = async (query: Parameters<typeof listDocuments>[1]) =>
      (await listDocuments(admin, query)).matching;
    expect(await matching({ search: "last00003" })).toBe(2);
    expect(await matching({ types: ["w4_2005"] })).toBe(people);
    expect(await matching({ types: [null] })).toBe(1);
    expect(await matching({ years: [2024, 2025] })).toBe(people + 1);
    expect(await matching({ state: "failed" })).toBe(1);
    expect(await matching({ state: "unread" })).toBe(1);
    expect(await matching({ search: "nobody at all" })).toBe(0);
  });

  it("never show a number of a person, in the list or in a form", async () => {
    const admin = await as("employer_admin");
    const text = (value: unknown) =>
      JSON.stringify(value, (_, each: unknown) => (typeof each === "bigint" ? String(each) : each));
    const list = await listDocuments(admin, { search: "last00003" });
    expect(text(list)).not.toContain(ssn);
    const view = await getDocument(admin, { documentId: list.rows[0]?.id ?? "" });
    expect(view).toMatchObject({ form: { form: "w4_2020" }, others: [{ year: 2019 }], failure: null });
    expect(text(view)).not.toContain(ssn);
  });

  it("say why one is not here", async () => {
    const admin = await as("employer_admin");
    const { rows } = await listDocuments(admin, { state: "failed" });
    const view = await getDocument(admin, { documentId: rows[0]?.id ?? "" });
    expect(view).toMatchObject({ form: { form: "unknown", type: null }, failure: "Finch had an error." });
  });

  it("are for who may see them, of the own employer", async () => {
    await expect(listDocuments(await as("hr_viewer"), {})).rejects.toMatchObject({ code: "FORBIDDEN" });
    const { rows } = await listDocuments(await as("employer_admin"), {});
    const documentId = rows[0]?.id ?? "";
    await expect(getDocument(await as("hr_viewer"), { documentId })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    const other = await world.addEmployer(1, products);
    const foreign = getDocument(await world.as("employer_admin", other.customerId), { documentId });
    await expect(foreign).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
