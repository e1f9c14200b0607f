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
import { paths } from "@/lib/paths";

/**
 * Access tokens, SSNs and bank numbers stand in clear nowhere: not in pages, payloads, answers, logs, mails or any
 * table. What to search for is told by the sandbox, which gave these values out.
 */

/** Everything that a role can open of an employer, in every form that the browser can ask for. */
async function answersOf(get: Client, addresses: readonly string[]): Promise<Searched[]> {
  const found: Searched[] = [];
  for (const path of addresses) {
    for (const [form, asked] of [
      ["page", {}],
      ["payload", asPayload],
    ] as const) {
      const { status, text, headers } = await get(path, asked);
      const sent = [...headers].map(([name, value]) => `${name}: ${value}`).join("\n");
      found.push({ where: `${form} ${path} (${status})`, text: `${sent}\n${text}` });
    }
  }
  return found;
}

async function addressesOf(customerId: string, connectionId: string): Promise<string[]> {
  const people = await database()<
    { id: string }[]
  >`select id from individuals where customer_id = ${customerId}`;
  const [first = ""] = people.map(({ id }) => id);
  const place = { customerId, name: "", connectionId, individualId: first };
  return [
    ...Object.values(employerPages(place)),
    ...people.map(({ id }) => paths.individual(customerId, id)),
    ...Object.values(platformPages),
    `/api/e/${customerId}/search?q=a`,
    paths.connectProblem(customerId, { reason: "lost" }),
    paths.individual(customerId, connectionId),
    `${paths.finchCallback()}?code=unknown&state=unknown`,
    "/no-such-page",
  ];
}

test("tokens, SSNs and bank numbers are nowhere in clear after the whole story", async ({
  employer,
  pageAs,
}) => {
  test.setTimeout(180_000);
  const page = await pageAs(employer.admin);
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

  const canaries = [firstToken, ...(await canariesOf(employer.id))];
  const demo = await database()<
    { id: string }[]
  >`select id from customers where name in ('Acme Inc.', 'Initech')`;
  for (const { id } of demo) canaries.push(...(await canariesOf(id)));
  const kinds = Map.groupBy(canaries, ({ kind }) => kind);
  expect(kinds.get("token")?.length).toBeGreaterThanOrEqual(4);
  expect(kinds.get("ssn")?.length).toBeGreaterThanOrEqual(40);
  expect(kinds.get("account")?.length).toBeGreaterThanOrEqual(2);
  const search = searchFor(canaries);

  await test.step("the search finds a value that is planted", async () => {
    const { value } = kinds.get("ssn")?.[0] ?? { value: "" };
    await database().unsafe("create schema canary; create table canary.planted (note jsonb)");
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
    const readers = [
      employer.admin,
      await createPerson(employer.id, "payroll_manager"),
      await createPerson(employer.id, "hr_viewer"),
    ];
    const staff = [await createPerson(null, "staff_admin"), await createPerson(null, "staff_support")];
    for (const reader of [...readers, ...staff]) {
      const answers = await answersOf(await clientOf(reader.id), addresses);
      found.push(...answers.flatMap(search));
    }
    found.push(...(await answersOf(clientWith(null), [paths.signIn(), paths.devMailbox()])).flatMap(search));
    const shown: Searched = { where: "the page with its scripts' state", text: await page.content() };
    found.push(...search(shown));
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
