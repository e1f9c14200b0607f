import { randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";
import {
  asPayload,
  canariesOf,
  clientOf,
  clientWith,
  connectFrame,
  connectGusto,
  consent,
  currentToken,
  database,
  databaseTexts,
  employerPages,
  expect,
  expectArrived,
  fileTexts,
  finchIdOf,
  finish,
  logIn,
  platformPages,
  runningCopy,
  sandboxControl,
  searchFor,
  setStatusAtFinch,
  expectStatus,
  createPerson,
  test,
  type Canary,
  type Client,
  type Searched,
} from "@/e2e/support";
import { eachOf } from "@/e2e/http/expected";
import { reveal, shown } from "@/e2e/support/reveal";
import { paths } from "@/lib/paths";

/**
 * Access tokens, codes, states, SSNs and bank numbers stand in clear nowhere: not in pages, payloads, answers, logs,
 * mails or any table. What to search for is told by the sandbox, which gave these values out.
 */

/** Everything that a role can open of an employer, in every form that the browser can ask for. */
async function answersOf(get: Client, addresses: readonly string[]): Promise<Searched[]> {
  const found: Searched[] = [];
  await eachOf(addresses, async (path) => {
    for (const [form, asked] of [
      ["page", {}],
      ["payload", asPayload],
    ] as const) {
      const { status, text, headers } = await get(path, asked);
      const sent = [...headers].map(([name, value]) => `${name}: ${value}`).join("\n");
      found.push({ where: `${form} ${path} (${status})`, text: `${sent}\n${text}` });
    }
  });
  return found;
}

async function addressesOf(customerId: string, connectionId: string): Promise<string[]> {
  const people = await database()<
    { id: string }[]
  >`select id from individuals where customer_id = ${customerId}`;
  const [first = ""] = people.map(({ id }) => id);
  const statements = await database()<{ id: string; payment: string }[]>`
    select distinct on (payment_id) id, payment_id as payment from pay_statements
    where customer_id = ${customerId} and payment_id is not null order by payment_id, id`;
  const groups = await database()<
    { id: string }[]
  >`select id from pay_groups where customer_id = ${customerId}`;
  const forms = await database()<
    { id: string }[]
  >`select id from documents where customer_id = ${customerId} limit 5`;
  const place = { customerId, name: "", connectionId, individualId: first };
  return [
    ...Object.values(employerPages(place)),
    ...people.map(({ id }) => paths.individual(customerId, id)),
    ...people.slice(0, 5).map(({ id }) => paths.ytdPerson(customerId, id)),
    ...statements
      .slice(0, 5)
      .flatMap(({ id, payment }) => [
        paths.payrollPayment(customerId, payment),
        paths.payrollPaymentExport(customerId, payment),
        paths.payStatement(customerId, payment, id),
        paths.payStatementPdf(customerId, payment, id),
      ]),
    ...groups.map(({ id }) => paths.payGroup(customerId, id)),
    ...forms.map(({ id }) => paths.document(customerId, id)),
    ...Object.values(platformPages),
    paths.adminAuditOf(customerId),
    paths.adminBreakGlass({ employer: customerId, person: first }),
    paths.connectProblem(customerId, { reason: "lost" }),
    paths.individual(customerId, connectionId),
    `${paths.finchCallback()}?code=unknown&state=unknown`,
    "/no-such-page",
  ];
}

/** Codes and states as this browser hands them in, from now on: the page's, and what comes back by address. */
function watchCallbacks(page: Page): Canary[] {
  const found: Canary[] = [];
  page.on("request", (request) => {
    if (!request.url().endsWith(paths.finchCallback()) || request.method() !== "POST") return;
    const { code, state } = request.postDataJSON() as { code: string; state: string };
    found.push({ kind: "code", value: code }, { kind: "state", value: state });
  });
  return found;
}

/** Codes that nobody gave out, by every way in: refused, and with no more right to be noted anywhere. */
async function handInUnknown(get: Client): Promise<Canary[]> {
  const made = (kind: "code" | "state"): Canary => ({ kind, value: randomBytes(32).toString("base64url") });
  const [codeBack, stateBack, codeIn, stateIn] = [made("code"), made("state"), made("code"), made("state")];
  await get(`${paths.finchCallback()}?code=${codeBack.value}&state=${stateBack.value}`);
  const body = JSON.stringify({ code: codeIn.value, state: stateIn.value });
  const headers = { "content-type": "application/json", origin: runningCopy().url };
  await get(paths.finchCallback(), { method: "POST", headers, body });
  return [codeBack, stateBack, codeIn, stateIn];
}

test("tokens, SSNs and bank numbers are nowhere in clear after the whole story", async ({
  employer,
  pageAs,
}) => {
  test.setTimeout(300_000);
  const page = await pageAs(employer.admin, { steppedUp: true });
  const handedIn = watchCallbacks(page);
  const connectionId = await connectGusto(page, employer.id);
  const firstToken: Canary = { kind: "token", value: await currentToken(employer.id) };

  await test.step("fail in every way that could make somebody log a body", async () => {
    const { value: token } = firstToken;
    for (const [operation, kind] of [
      ["POST /employer/individual", "malformed"],
      ["GET /employer/company", "truncated"],
      ["POST /employer/employment", "status"],
    ]) {
      await sandboxControl("/faults", {
        operation,
        kind,
        token,
        times: 1,
        ...(kind === "status" ? { status: 500 } : {}),
      });
    }
    await page.goto(paths.connections(employer.id));
    await page.getByRole("button", { name: "Sync now: Gusto" }).click();
    await expectStatus(page, employer.id, "Gusto", "Failing");
    await page.getByRole("button", { name: "Sync now: Gusto" }).click();
    await expectStatus(page, employer.id, "Gusto", "Healthy");
    await setStatusAtFinch(await finchIdOf(employer.id, connectionId), "reauth");
    await page.getByRole("button", { name: "Sync now: Gusto" }).click();
    await expectStatus(page, employer.id, "Gusto", "Action needed");
    await page.getByRole("button", { name: "Reconnect Gusto" }).click();
    const connect = connectFrame(page);
    await consent(connect);
    await logIn(connect);
    await finish(connect);
    await expectArrived(page, employer.id);
    await expectStatus(page, employer.id, "Gusto", "Healthy");
  });

  await test.step("reveal a number of each kind", async () => {
    const [{ id = "" } = {}] = await database()<{ id: string }[]>`
      select owner_id as id from sealed_values where customer_id = ${employer.id} and kind = 'ssn' limit 1`;
    await page.goto(paths.individual(employer.id, id));
    await reveal(page, /^Reveal SSN/, "Correcting a W-2 or 1099");
    await expect(shown(page)).toHaveText(/\d{3}-\d{2}-\d{4}/);
    await page.goto(paths.connection(employer.id, connectionId));
    await reveal(page, /^Reveal account number/, "Setting up a payroll debit");
    await expect(shown(page)).toHaveText(/\d{4,}/);
    await page.goto(paths.connections(employer.id));
  });

  const unknown = await handInUnknown(await clientOf(employer.admin.id));
  const canaries = [firstToken, ...handedIn, ...unknown, ...(await canariesOf(employer.id))];
  const demo = await database()<
    { id: string }[]
  >`select id from customers where name in ('Acme Inc.', 'Initech')`;
  for (const { id } of demo) canaries.push(...(await canariesOf(id)));
  const kinds = Map.groupBy(canaries, ({ kind }) => kind);
  expect(kinds.get("token")?.length).toBeGreaterThanOrEqual(4);
  expect(kinds.get("ssn")?.length).toBeGreaterThanOrEqual(40);
  expect(kinds.get("account")?.length).toBeGreaterThanOrEqual(2);
  // Two connects of the page, one return by address and one made-up hand-in.
  expect(kinds.get("code")).toHaveLength(4);
  expect(kinds.get("state")).toHaveLength(4);
  const search = searchFor(canaries);

  await test.step("the search finds a value that is planted", async () => {
    const { value } = kinds.get("ssn")?.[0] ?? { value: "" };
    await database().unsafe(
      "drop schema if exists canary cascade; create schema canary; create table canary.planted (note jsonb)",
    );
    await database()`insert into canary.planted values (${database().json({ note: `SSN ${value}.` })})`;
    const found: string[] = [];
    for await (const searched of databaseTexts()) found.push(...search(searched));
    await database().unsafe("drop schema canary cascade");
    expect(found).toEqual([expect.stringMatching(/^ssn .+ in table canary\.planted$/)]);
    expect(search({ where: "a header", text: `authorization: Bearer ${firstToken.value}` })).toHaveLength(1);
    expect(search({ where: "a longer number", text: `1${value.replaceAll("-", "")}` })).toEqual([]);
  });

  const found: string[] = [];
  let searchedFiles = 0;
  await test.step("pages, payloads and answers, for everybody", async () => {
    const addresses = await addressesOf(employer.id, connectionId);
    const [{ individualId = "" } = {}] = await database()<{ individualId: string }[]>`
      select id as "individualId" from individuals where customer_id = ${employer.id} limit 1`;
    const readers = [
      employer.admin,
      await createPerson(employer.id, "payroll_manager"),
      await createPerson(employer.id, "hr_viewer"),
      await createPerson(employer.id, "employee", { connectionId, individualId }),
    ];
    const staff = [await createPerson(null, "staff_admin"), await createPerson(null, "staff_support")];
    for (const reader of [...readers, ...staff]) {
      const answers = await answersOf(await clientOf(reader.id), addresses);
      found.push(...answers.flatMap(search));
    }
    found.push(...(await answersOf(clientWith(null), [paths.signIn(), paths.devMailbox()])).flatMap(search));
    found.push(...search({ where: "the page with its scripts' state", text: await page.content() }));
  });

  await test.step("logs and mails", async () => {
    for (const searched of fileTexts()) {
      searchedFiles += 1;
      found.push(...search(searched));
    }
    expect(searchedFiles, `files of ${runningCopy().dataDir}`).toBeGreaterThanOrEqual(4);
  });

  await test.step("a copy of every table", async () => {
    const tables: string[] = [];
    for await (const searched of databaseTexts()) {
      tables.push(searched.where);
      found.push(...search(searched));
    }
    expect(tables.length).toBeGreaterThan(25);
    expect(tables.some((table) => table.startsWith("table graphile_worker."))).toBe(true);
    expect(tables).toContain("table public.raw_records");
  });

  expect(found).toEqual([]);
});
