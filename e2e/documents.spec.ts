import { clientOf, createPerson, database, expect, kindOf, test, type Employer } from "@/e2e/support";
import { createTestConnection, createTestIndividuals } from "@/db/seed/factories";
import { paths } from "@/lib/paths";

/** W-4 forms: found, read, and asked for. */

const products = ["directory", "individual", "employment", "documents"];
const ssn = "900-55-1234";

async function fill(employer: Employer, people = 3) {
  const sql = database();
  const connection = await createTestConnection(sql, { customerId: employer.id, products });
  const at = { customerId: employer.id, connectionId: connection.id };
  const ids = await createTestIndividuals(sql, { ...at, count: people });
  return { connection, ids };
}

async function addForm(
  employer: Employer,
  connectionId: string,
  form: Record<string, unknown>,
): Promise<string> {
  const sql = database();
  const {
    individualId = null,
    type,
    year,
    content,
  } = form as {
    individualId?: string;
    type: string;
    year: number;
    content: Record<string, string | number | null>;
  };
  const id = crypto.randomUUID();
  await sql`
    insert into documents (customer_id, id, connection_id, finch_document_id, individual_id, type, year, content, content_fetched_at, fetched_at)
    values (${employer.id}, ${id}, ${connectionId}, ${id}, ${individualId}, ${type}, ${year}, ${sql.json(content)}, now(), now())`;
  return id;
}

test("a form of 2020 and one of 2005 show their own lines, blanks as blanks and no number of a person", async ({
  employer,
  pageAs,
}) => {
  const { connection, ids } = await fill(employer);
  const [individualId = ""] = ids;
  await addForm(employer, connection.id, {
    individualId,
    type: "w4_2020",
    year: 2024,
    content: { filing_status: "head_of_household", other_income: 0, deductions: 123_456, ssn },
  });
  await addForm(employer, connection.id, {
    individualId,
    type: "w4_2005",
    year: 2015,
    content: { filing_status: "married", total_number_of_allowances: 3, exemption: "non_exempt", ssn },
  });
  const page = await pageAs(employer.admin);
  await page.goto(paths.employer(employer.id));
  await page.getByRole("link", { name: "Documents" }).click();
  const forms = page.getByRole("table", { name: "Tax forms" });
  await expect(forms.getByRole("rowheader")).toHaveCount(2);

  await forms.getByRole("row", { name: /2024/ }).getByRole("link").click();
  await expect(page.getByRole("heading", { name: "W-4 (2020 and later), 2024" })).toBeVisible();
  await expect(page.getByText("Head of household")).toBeVisible();
  await expect(page.getByText("$1,234.56")).toBeVisible();
  await expect(page.getByText("$0.00")).toBeVisible();
  await expect(page.getByText("not provided by Gusto").first()).toBeVisible();
  expect(await page.content()).not.toContain(ssn);

  await page.getByRole("table", { name: "Tax forms" }).getByRole("link").click();
  await expect(page.getByRole("heading", { name: "W-4 (2019 and earlier), 2015" })).toBeVisible();
  await expect(page.getByText("Allowances")).toBeVisible();
  expect(await page.content()).not.toContain(ssn);
});

test("a connection without tax documents leads who may reconnect to it, and tells the others", async ({
  employer,
  pageAs,
}) => {
  const { id } = await createTestConnection(database(), {
    customerId: employer.id,
    products: ["directory", "individual", "employment"],
  });
  const page = await pageAs(employer.admin);
  await page.goto(paths.documents(employer.id));
  await expect(page.getByText("Reconnect and allow tax documents.")).toBeVisible();
  await page.getByRole("link", { name: "Reconnect Gusto" }).click();
  await expect(page).toHaveURL(new RegExp(`${paths.connection(employer.id, id)}$`));

  const manager = await pageAs(await createPerson(employer.id, "payroll_manager"));
  await manager.goto(paths.documents(employer.id));
  await expect(manager.getByText("Reconnect and allow tax documents.")).toBeVisible();
  await expect(manager.getByRole("link", { name: "Reconnect Gusto" })).toHaveCount(0);
});

test("filters are in the address, and a search that finds nothing has a way back", async ({
  employer,
  pageAs,
}) => {
  const { connection, ids } = await fill(employer, 60);
  for (const individualId of ids)
    await addForm(employer, connection.id, {
      individualId,
      type: "w4_2020",
      year: 2024,
      content: { filing_status: "head_of_household" },
    });
  const page = await pageAs(employer.admin);
  await page.goto(`${paths.documents(employer.id)}?year=2024`);
  const forms = page.getByRole("table", { name: "Tax forms" }).getByRole("rowheader");
  await expect(forms).toHaveCount(50);
  await page.getByRole("link", { name: "Next" }).click();
  await expect(forms).toHaveCount(10);
  await page.reload();
  await expect(forms).toHaveCount(10);
  await page.getByRole("searchbox", { name: "Search people" }).fill("nobody at all");
  await expect(page.getByRole("heading", { name: "No form matches" })).toBeVisible();
  await page.getByRole("link", { name: "Clear the search" }).click();
  await expect(forms).toHaveCount(50);
});

test("asking Finch is seen, survives a reload and can be stopped; what stands in the way is said", async ({
  employer,
  pageAs,
}) => {
  const { connection } = await fill(employer);
  const sql = database();
  const page = await pageAs(employer.admin);
  await page.goto(paths.documents(employer.id));
  await expect(page.getByText("Nobody has asked yet.")).toBeVisible();
  // As a worker leaves it while Finch is at work: the connection of this story has no token to ask with.
  const syncId = crypto.randomUUID();
  await sql`
    insert into document_syncs (customer_id, id, connection_id, status, total) values (${employer.id}, ${syncId}, ${connection.id}, 'asking', 3)`;
  await sql`
    insert into document_sync_people (customer_id, sync_id, individual_id, connection_id, state)
    select customer_id, ${syncId}, id, connection_id, 'waiting' from individuals where connection_id = ${connection.id}`;
  await page.reload();
  await expect(page.getByText("Asking Finch for 3 people")).toBeVisible();
  await page.getByRole("button", { name: "Stop" }).click();
  await page.getByRole("button", { name: "Stop it" }).click();
  await expect(page.getByText("Stopped by a person")).toBeVisible();

  await sql`update connections set sync_kind = 'assisted' where id = ${connection.id}`;
  await page.reload();
  await expect(page.getByRole("heading", { name: "People at Finch look after Gusto" })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Fetch/ })).toHaveCount(0);
});

test("who may not see tax documents finds none of it", async ({ employer, pageAs }) => {
  const { connection, ids } = await fill(employer);
  const id = await addForm(employer, connection.id, {
    individualId: ids[0],
    type: "w4_2020",
    year: 2024,
    content: { filing_status: "head_of_household" },
  });
  const viewer = await createPerson(employer.id, "hr_viewer");
  const page = await pageAs(viewer);
  await page.goto(paths.employer(employer.id));
  await expect(page.getByRole("link", { name: "Company" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Documents" })).toHaveCount(0);
  const ask = await clientOf(viewer.id);
  for (const path of [paths.documents(employer.id), paths.document(employer.id, id)])
    expect(kindOf(await ask(path))).toBe("does not exist");
});
