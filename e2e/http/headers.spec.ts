import {
  asPayload,
  clientOf,
  clientWith,
  database,
  demoUserId,
  demoUsers,
  employerPages,
  expect,
  kindOf,
  readDemo,
  runningCopy,
  test,
  type Answer,
  type Asked,
  type Place,
} from "@/e2e/support";
import { addressOf, builtActions, pagePatterns, routeMethods } from "./discover";
import { eachOf } from "./expected";
import { paths } from "@/lib/paths";

/** SECURITY 7, 8 and 5: what every kind of answer says to the browser, and which requests are not obeyed. */

const nowhere = "00000000-0000-4000-8000-000000000000";
type Reader = "anonymous" | "admin" | "staff" | "employee";

/** Who reads an address of a pattern, so that its page opens. */
function readerOf(pattern: string): Reader {
  if (/^\/(sign-in|dev|connect|invite)(\/|$)/.test(pattern)) return "anonymous";
  if (pattern.startsWith("/admin")) return "staff";
  return /^\/me(\/|$)/.test(pattern) ? "employee" : "admin";
}

/** What payroll has of the demo's employer, and of its employee. */
async function paidPlaceOf({ customerId, connectionId }: Place) {
  const sql = database();
  const [row] = await sql<
    { paymentId: string; statementId: string; payGroupId: string; documentId: string }[]
  >`
    select s.payment_id as "paymentId", s.id as "statementId",
      (select id from pay_groups where connection_id = ${connectionId} limit 1) as "payGroupId",
      (select id from documents where customer_id = ${customerId} limit 1) as "documentId"
    from pay_statements s where s.customer_id = ${customerId} and s.connection_id = ${connectionId} limit 1`;
  const [own] = await sql<{ statementId: string }[]>`
    select s.id as "statementId" from pay_statements s
    join user_roles r on r.customer_id = s.customer_id and r.individual_id = s.individual_id
    join users u on u.id = r.user_id where u.email = ${demoUsers.employee} limit 1`;
  if (!row || !own) throw new Error("Nobody is paid in the demo.");
  return { employer: { ...row, documentId: row.documentId ?? nowhere }, own };
}

/** Every page and readable route, by the sources. */
async function everyAddress(place: Place): Promise<[Reader, string][]> {
  const readable = Object.entries(routeMethods()).filter(([, methods]) => methods.includes("GET"));
  const { employer, own } = await paidPlaceOf(place);
  return [...pagePatterns(), ...readable.map(([pattern]) => pattern)].map((pattern) => {
    const reader = readerOf(pattern);
    const paid = reader === "employee" ? own : employer;
    return [reader, addressOf(pattern, { ...place, ...paid, token: "unknown", id: nowhere })];
  });
}

/** Answers of other kinds: what is not there, what leads away, and refusals. */
const others: [Reader, string][] = [
  ["anonymous", `${paths.signInConfirm()}?token=unknown`],
  ["anonymous", paths.connectTrouble("other_browser")],
  ["anonymous", "/no-such-page"],
  ["anonymous", "/api/health"],
  ["anonymous", "/api/no-such-route"],
  ["anonymous", `${paths.finchCallback()}?code=x&state=y`],
  ["anonymous", paths.me()],
  ["anonymous", paths.admin()],
  ["admin", paths.employer(nowhere)],
];

/** What changes something: a route's answer, a refusal, a sign-out and an action. */
function posts(): [string, Asked][] {
  const json = { "content-type": "application/json", origin: runningCopy().url };
  const action = builtActions().find(({ name }) => name === "endSessionAction");
  if (!action) throw new Error("The build has no endSessionAction.");
  const body = '{"code":"x","state":"y"}';
  return [
    [paths.finchCallback(), { method: "POST", headers: json, body }],
    [paths.finchCallback(), { method: "POST", headers: { ...json, origin: "https://evil.test" }, body }],
    [
      action.page,
      {
        method: "POST",
        headers: {
          "content-type": "text/plain;charset=UTF-8",
          origin: json.origin,
          "next-action": action.id,
        },
        body: JSON.stringify([{}]),
      },
    ],
    ["/api/auth/sign-out", { method: "POST", headers: json }],
  ];
}

function expectHeaders(path: string, { headers }: Answer): void {
  const header = (name: string) => headers.get(name) ?? "";
  expect.soft(header("cache-control"), path).toContain("no-store");
  expect.soft(header("x-content-type-options"), path).toBe("nosniff");
  expect.soft(header("referrer-policy"), path).toBe("no-referrer");
  expect.soft(header("cross-origin-opener-policy"), path).toBe("same-origin-allow-popups");
  expect.soft(header("permissions-policy"), path).toContain("camera=()");
  expect.soft(header("x-powered-by"), path).toBe("");
  const policy = header("content-security-policy");
  expect.soft(policy, path).toContain("frame-ancestors 'none'");
  expect.soft(policy, path).toContain("object-src 'none'");
  expect.soft(policy, path).toContain("base-uri 'none'");
  expect.soft(policy, path).toContain(`form-action 'self' ${runningCopy().sandboxUrl};`);
  expect.soft(policy, path).toContain(`frame-src ${runningCopy().sandboxUrl};`);
  expect.soft(policy, path).toMatch(/script-src 'self' 'nonce-[\w+/=]+' 'strict-dynamic'(;| )/);
  expect.soft(policy.match(/script-src[^;]*/)?.[0], path).not.toContain("unsafe");
}

test("every kind of page and route sends the protecting headers, each answer with a nonce of its own", async () => {
  test.setTimeout(120_000);
  const { acme } = await readDemo();
  const [admin, staff, employee] = [
    await clientOf(await demoUserId("admin")),
    await clientOf(await demoUserId("staff")),
    await clientOf(await demoUserId("employee")),
  ];
  const clients = { anonymous: clientWith(null), admin, staff, employee };
  const asked: [Reader, string, Asked?][] = [
    ...(await everyAddress(acme)),
    ...others,
    ...posts().map(([path, how]): [Reader, string, Asked] => ["admin", path, how]),
  ];
  expect(asked.length).toBeGreaterThan(80);
  const nonces = new Set<string>();
  await eachOf(asked, async ([reader, address, how]) => {
    const path = `${how?.method ?? "GET"} ${address}`;
    expect(path, "every parameter has a value").not.toContain("[");
    const answer = await clients[reader](address, how);
    expectHeaders(path, answer);
    expect.soft(answer.status, path).toBeLessThan(500);
    const nonce = answer.headers.get("content-security-policy")?.match(/'nonce-([^']+)'/)?.[1] ?? "";
    expect.soft(nonces.has(nonce), `the nonce of ${path} is new`).toBe(false);
    nonces.add(nonce);
    for (const tag of answer.text.match(/<script\b[^>]*>/g) ?? [])
      expect.soft(tag, path).toContain(`nonce="${nonce}"`);
    if (!how) expectHeaders(`${path} as payload`, await clients[reader](address, asPayload));
  });
});

test("a forged forwarding header changes neither address nor host nor cookies", async () => {
  const anonymous = clientWith(null);
  const forged = {
    "x-forwarded-host": "evil.test",
    "x-forwarded-proto": "https",
    forwarded: "host=evil.test",
  };
  const answer = await anonymous(paths.me(), { headers: forged });
  expect(answer.status).toBe(307);
  const { url } = runningCopy();
  expect(new URL(answer.headers.get("location") ?? "", url).href).toBe(`${url}/sign-in?callbackUrl=%2Fme`);
  const page = await anonymous(paths.signIn(), { headers: forged });
  expect(page.text).not.toContain("evil.test");
});

test("the mailbox of local mode answers no forwarded request", async () => {
  const answer = await clientWith(null)(paths.devMailbox(), {
    headers: { "x-forwarded-for": "203.0.113.9" },
  });
  expect(answer.status).toBe(404);
});

for (const [kind, origin] of [
  ["foreign", "https://evil.test"],
  ["null", "null"],
  ["look-alike", null],
  ["absent", undefined],
] as const) {
  test(`a request that changes something is refused with a ${kind} Origin`, async () => {
    const admin = await clientOf(await demoUserId("admin"));
    const { acme } = await readDemo();
    const value = origin === null ? `${runningCopy().url}.evil.test` : origin;
    const headers: Record<string, string> = {
      "content-type": "application/json",
      ...(value ? { origin: value } : {}),
    };
    const callback = await admin(paths.finchCallback(), {
      method: "POST",
      headers,
      body: '{"code":"x","state":"y"}',
    });
    expect(callback.status).toBe(403);
    const signOut = await admin("/api/auth/sign-out", { method: "POST", headers });
    expect(signOut.status).toBe(403);
    expect(signOut.headers.get("set-cookie")).toBeNull();
    // The session is still there.
    expect((await admin(paths.connections(acme.customerId))).status).toBe(200);
    const after = JSON.parse((await admin(`/api/e/${acme.customerId}/connections`)).text) as {
      connections: { status: string }[];
    };
    expect(after.connections.map(({ status }) => status)).not.toContain("disconnected");
  });
}

test("bodies with fields that do not belong there, wrong types and too much are refused", async () => {
  const admin = await clientOf(await demoUserId("admin"));
  const headers = { "content-type": "application/json", origin: runningCopy().url };
  const post = async (body: string) =>
    (await admin(paths.finchCallback(), { method: "POST", headers, body })).status;
  expect(await post('{"code":"x","state":"y","customerId":"z"}')).toBe(422);
  expect(await post('{"code":"x"}')).toBe(422);
  expect(await post("not json")).toBe(422);
  expect(await post(JSON.stringify({ code: "x".repeat(20_000), state: "y" }))).toBe(413);
});

test("addresses that nobody would type lead to no error of the server", async () => {
  const { acme } = await readDemo();
  const [admin, staff] = [
    await clientOf(await demoUserId("admin")),
    await clientOf(await demoUserId("staff")),
  ];
  const { directory = "", connections = "", connection = "", export: file = "" } = employerPages(acme);
  const long = "x".repeat(3_000);
  for (const odd of ["%00", "a%00b", "%F0%9F%92%A3", "%27%3B--", long, "%EF%BF%BD"]) {
    for (const path of [
      `${directory}?q=${odd}&department=${odd}&sort=${odd}&after=${odd}&n=${odd}&filter=${odd}`,
      `${directory}/${odd}`,
      `${file}?q=${odd}&status=${odd}`,
      `${connections}?q=${odd}&show=${odd}`,
      `${connection}?connected=${odd}`,
      `${paths.connectNew(acme.customerId)}?q=${odd}`,
      `${paths.connectProblem(acme.customerId, {})}reason=${odd}&connection=${odd}&request=${odd}`,
      `/api/e/${acme.customerId}/search?q=${odd}`,
      `/api/e/${odd}/connections`,
      `${paths.finchCallback()}?code=${odd}&state=${odd}&error=${odd}`,
      `/e/${odd}`,
    ]) {
      const answer = await admin(path);
      expect.soft(kindOf(answer), path.slice(0, 150)).not.toMatch(/^(fails|5)/);
    }
    for (const path of [
      `/admin/customers?q=${odd}`,
      `/admin/connections?q=${odd}&status=${odd}&after=${odd}&provider=${odd}`,
    ]) {
      expect.soft(kindOf(await staff(path)), path.slice(0, 150)).not.toMatch(/^(fails|5)/);
    }
    for (const path of [
      `${paths.signIn()}?callbackUrl=${odd}`,
      `${paths.signInConfirm()}?token=${odd}`,
      `/dev/mailbox/${odd}`,
      `${paths.connectTrouble("")}${odd}`,
    ]) {
      expect.soft(kindOf(await clientWith(null)(path)), path.slice(0, 150)).not.toMatch(/^(fails|5)/);
    }
  }
});
