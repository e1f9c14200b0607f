import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { configureDatabase, inScope } from "@/db/client";
import { createTestUser } from "@/db/seed/factories";
import { workerContext, type Context } from "@/lib/domain/context";
import { useUpLimit } from "@/lib/domain/limits/testing";
import { testContext, testPlatformContext } from "@/lib/domain/testing";
import { formatMoney } from "@/lib/format/money";
import { atAuditOf, canReadAudit } from "./audit-place";
import { plainWords } from "./audit-words";
import { eraseAuditDetails } from "./erase-audit-details";
import { exportAudit } from "./export-audit";
import { listAudit } from "./list-audit";
import { listChainStates } from "./list-chain-states";
import { recordAudit } from "./record-audit";
import { signChain } from "./sign-chain";
import { useAuditWorld } from "./testing";

const world = useAuditWorld("app");
const sql = () => world.sql();

/** Work of the worker, between calls of the web's login. */
async function asWorker<T>(work: () => Promise<T>): Promise<T> {
  await configureDatabase({ url: world.database().urls.worker });
  try {
    return await work();
  } finally {
    await configureDatabase({ url: world.database().urls.app });
  }
}

const write = (
  ctx: Context,
  action: `${string}.${string}`,
  target: [string, string],
  details?: Record<string, unknown>,
) => inScope(ctx, (tx) => recordAudit(tx, ctx, action, { type: target[0], id: target[1] }, details));
const said = (entries: Awaited<ReturnType<typeof listAudit>>["entries"]) =>
  entries.map(({ actor, words }) => `${actor.name} ${plainWords(words)}`);
const read = async (chunks: AsyncIterable<string>) => {
  let text = "";
  for await (const chunk of chunks) text += chunk;
  return text;
};

/** Cells of a CSV by their column's title. */
function rowsOf(csv: string): Record<string, string>[] {
  const [titles = [], ...rows] = csv
    .replace("\uFEFF", "")
    .trimEnd()
    .split("\r\n")
    .map((line) =>
      [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell = ""]) =>
        cell.replace(/^"|"$/g, "").replaceAll('""', '"'),
      ),
    );
  return rows.map((cells) => Object.fromEntries(titles.map((title, at) => [title, cells[at] ?? ""])));
}

describe("the audit of an employer", () => {
  let acme: string;
  let admin: Context;
  let ada: { id: string; name: string | null };

  beforeEach(async () => {
    acme = await world.customer();
    ada = await createTestUser(sql(), { role: "employer_admin", customerId: acme, name: "Ada Marsh" });
    admin = testContext("employer_admin", acme, { userId: ada.id });
  });

  it("is told in words, newest first, with links and details", async () => {
    const [connection] =
      await sql()`insert into connections (customer_id, finch_connection_id, finch_customer_id, provider_id, provider_name)
      values (${acme}, 'f1', ${acme}, 'gusto', 'Gusto') returning id`;
    const id = String(connection?.["id"]);
    await write(admin, "connection.connect", ["connection", id]);
    await write(admin, "role.grant", ["user", ada.id], { role: "hr_viewer" });
    await write(admin, "sealed_value.reveal", ["individuals", crypto.randomUUID()], {
      kind: "ssn",
      reason: "Filing W-2",
    });
    await write(admin, "some.thing_new", ["user", crypto.randomUUID()]);
    const view = await listAudit(admin, {});
    expect(said(view.entries)).toEqual([
      "Ada Marsh some thing new: a former member",
      "Ada Marsh revealed the SSN of a person of the directory",
      "Ada Marsh gave Ada Marsh the role HR viewer",
      "Ada Marsh connected Gusto",
    ]);
    expect(view.entries[3]?.target.href).toContain(id);
    expect(view.entries[1]).toMatchObject({ detailsState: "shown", intact: true, seq: 3 });
    expect(view.entries[1]?.details).toContainEqual({ label: "Reason", value: "Filing W-2", said: false });
    expect(view).toMatchObject({ matching: 4, newer: null, older: null, asStaff: false });
    expect(view.actors).toEqual([{ value: ada.id, label: "Ada Marsh" }]);
  });

  it("tells amounts as money of their currency, and what only looks like one as it is", async () => {
    const person = crypto.randomUUID();
    const of = (currency: string) => ({ currency, before: "-4711000", amountCents: "4712050" });
    await write(admin, "opening_balance.change", ["individuals", person], of("usd"));
    await write(admin, "opening_balance.change", ["individuals", person], of("jpy"));
    await write(admin, "item.reclassify", ["item", person], { before: "2026", item: "47" });
    const { entries } = await listAudit(admin, {});
    const values = entries.map(({ details }) => details.map(({ label, value }) => `${label}: ${value}`));
    expect(values[0]).toContain("Before: 2026");
    expect(values[1]).toEqual(
      expect.arrayContaining([`Before: ${formatMoney(-4_711_000n, "JPY")}`, "Amount: ¥4,712,050"]),
    );
    expect(values[2]).toEqual(
      expect.arrayContaining([`Before: ${formatMoney(-4_711_000n, "USD")}`, "Amount: $47,120.50"]),
    );
    const file = await read((await exportAudit(admin, {})).chunks);
    expect(file).toContain("Amount: $47,120.50");
    expect(file).not.toMatch(/4712050|Amount Cents/i);
  });

  it("tells no amounts of somebody's pay to whoever may not see pay", async () => {
    await write(admin, "opening_balance.change", ["individuals", crypto.randomUUID()], {
      year: "2026",
      before: "4711000",
      amountCents: "4712000",
    });
    const clerk: Context = { ...admin, permissions: new Set(["audit:read", "individual:read"]) };
    const labels = async (ctx: Context) =>
      (await listAudit(ctx, {})).entries[0]?.details.map(({ label }) => label);
    expect(await labels(admin)).toHaveLength(3);
    expect(await labels(clerk)).toEqual(["Year"]);
    expect(await read((await exportAudit(clerk, {})).chunks)).not.toMatch(/4711|4712/);
  });

  it("is read by pages of 50 in both directions", async () => {
    await asWorker(async () => {
      for (let at = 0; at < 120; at += 1) await world.write(acme);
    });
    const seqs = async (place: { after?: number; before?: number }) =>
      listAudit(admin, place).then((view) => [
        view.entries[0]?.seq,
        view.entries.at(-1)?.seq,
        view.newer,
        view.older,
      ]);
    expect(await seqs({})).toEqual([120, 71, null, 71]);
    expect(await seqs({ after: 71 })).toEqual([70, 21, 70, 21]);
    expect(await seqs({ after: 21 })).toEqual([20, 1, 20, null]);
    expect(await seqs({ before: 20 })).toEqual([70, 21, 70, 21]);
    expect(await seqs({ before: 70 })).toEqual([120, 71, null, 71]);
  });

  it("is filtered by who, what, about what and days of the employer's zone", async () => {
    const other = await createTestUser(sql(), { role: "employer_admin", customerId: acme, name: "Ben" });
    const ben = testContext("employer_admin", acme, { userId: other.id });
    await write(admin, "connection.sync", ["connection", "c"]);
    await write(ben, "directory.export", ["customer", acme], { rows: 2 });
    await write(ben, "role.grant", ["user", ada.id], { role: "hr_viewer" });
    const seqs = async (query: Parameters<typeof listAudit>[1]) =>
      (await listAudit(admin, query)).entries.map(({ seq }) => seq);
    expect(await seqs({ actors: [other.id] })).toEqual([3, 2]);
    expect(await seqs({ groups: ["exports", "team"] })).toEqual([3, 2]);
    expect(await seqs({ targets: ["connection"] })).toEqual([1]);
    expect(await seqs({ actors: [other.id], groups: ["team"] })).toEqual([3]);
    expect(await seqs({ actors: ["nobody'; drop table audit_log"] })).toEqual([]);
    // 04:59 and 05:00 UTC are two days in New York in winter.
    await sql()`update audit_log set at = '2026-01-15T04:59:59.999Z' where customer_id = ${acme} and seq = 1`;
    await sql()`update audit_log set at = '2026-01-15T05:00:00Z' where customer_id = ${acme} and seq = 2`;
    expect(await seqs({ from: "2026-01-15", to: "2026-01-15" })).toEqual([2]);
    expect(await seqs({ to: "2026-01-14" })).toEqual([1]);
    expect(await seqs({ from: "2026-01-16" })).toEqual([3]);
  });

  it("says of an entry that it was changed, and of the chain that it is broken", async () => {
    await write(admin, "connection.sync", ["connection", "c"], { note: "one" });
    await write(admin, "connection.sync", ["connection", "c"], { note: "two" });
    expect((await listAudit(admin, {})).chain).toMatchObject({ status: "waiting", unsigned: 2 });
    await asWorker(() => signChain(acme));
    expect((await listAudit(admin, {})).chain).toMatchObject({
      status: "verified",
      signed: { seq: 2, keyId: "test" },
      unsigned: 0,
    });
    await sql()`update audit_details set details = '{"note": "three"}' where customer_id = ${acme} and seq = 2`;
    const { entries, chain } = await listAudit(admin, {});
    expect(entries.map(({ seq, intact }) => [seq, intact])).toEqual([
      [2, false],
      [1, true],
    ]);
    expect(chain).toMatchObject({
      status: "broken",
      problems: [{ seq: 2, text: "The details of entry #2 are not those that were written." }],
    });
  });

  it("says where details were erased", async () => {
    await write(admin, "role.grant", ["user", "u1"], { role: "hr_viewer" });
    const ctx = workerContext(acme, "erasure");
    await asWorker(() => inScope(ctx, (tx) => eraseAuditDetails(tx, ctx, { type: "user", id: "u1" })));
    const { entries } = await listAudit(admin, {});
    expect(entries.map(({ detailsState, details }) => [detailsState, details.length])).toEqual([
      ["shown", 1],
      ["erased", 0],
    ]);
    await expect(
      inScope(admin, (tx) => eraseAuditDetails(tx, admin, { type: "user", id: "u1" })),
    ).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
  });

  it("is late where nothing was signed for three hours", async () => {
    await write(admin, "connection.sync", ["connection", "c"]);
    await sql()`update audit_log set at = now() - interval '4 hours' where customer_id = ${acme}`;
    await world.rechain(acme, 1);
    expect((await listAudit(admin, {})).chain.status).toBe("late");
  });

  it("is for whoever administers the whole employer, and for nobody of another one", async () => {
    await write(admin, "connection.sync", ["connection", "c"]);
    for (const role of ["payroll_manager", "hr_viewer", "employee"] as const)
      await expect(listAudit(testContext(role, acme), {})).rejects.toMatchObject({ code: "FORBIDDEN" });
    const limited = testContext("employer_admin", acme, { connectionIds: [crypto.randomUUID()] });
    expect(canReadAudit(limited)).toBe(false);
    await expect(listAudit(limited, {})).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(exportAudit(limited, {})).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await inScope(limited, (tx) => tx.query.auditLog.findMany())).toEqual([]);
    const globex = await world.customer();
    const theirs = await listAudit(testContext("employer_admin", globex), {});
    expect(theirs).toMatchObject({ entries: [], matching: 0 });
    const unknown = testContext("employer_admin", crypto.randomUUID());
    await expect(listAudit(unknown, {})).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("leaves as CSV with the page's filters, its formulas disarmed, audited with the number of rows", async () => {
    await write(admin, "connection.sync", ["connection", "=cmd()"], { reason: "=1+1" });
    await write(admin, "role.grant", ["user", ada.id], { role: "hr_viewer" });
    const all = await exportAudit(admin, {}, new Date("2026-11-22T12:00:00Z"));
    expect(all.fileName).toMatch(/-audit-2026-11-22\.csv$/);
    const rows = rowsOf(await read(all.chunks));
    expect(rows.map((row) => [row["Entry"], row["What"]])).toEqual([
      ["2", "gave Ada Marsh the role HR viewer"],
      ["1", "asked a connection for a sync"],
    ]);
    expect(rows[1]).toMatchObject({ "Target (id)": "'=cmd()", "As written": "yes", Details: "Reason: =1+1" });
    const some = await exportAudit(admin, { groups: ["connections"] });
    expect(rowsOf(await read(some.chunks))).toHaveLength(1);
    const { entries } = await listAudit(admin, { groups: ["audit"] });
    expect(said(entries)).toEqual([
      "Ada Marsh exported the audit (1 entry)",
      "Ada Marsh exported the audit (2 entries)",
    ]);
  });

  it("leaves no more than so often an hour, and what was refused is not audited", async () => {
    await write(admin, "connection.sync", ["connection", "c"]);
    await useUpLimit(sql(), "export", ada.id);
    await expect(exportAudit(admin, {})).rejects.toMatchObject({ code: "RATE_LIMITED" });
    const colleague = await createTestUser(sql(), { role: "employer_admin", customerId: acme });
    const other = testContext("employer_admin", acme, { userId: colleague.id });
    await expect(exportAudit(other, {})).resolves.toBeDefined();
    expect((await listAudit(admin, { groups: ["audit"] })).matching).toBe(1);
  });

  it("stops leaving where the right is taken away in the middle", async () => {
    await asWorker(async () => {
      for (let at = 0; at < 510; at += 1) await world.write(acme);
    });
    const { chunks } = await exportAudit(admin, {});
    await chunks.next();
    expect((await chunks.next()).value).toContain("asked");
    await sql()`delete from user_roles where user_id = ${ada.id}`;
    await expect(chunks.next()).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("the audit for staff", () => {
  let staff: Context;
  beforeAll(async () => {
    const person = await createTestUser(sql(), { role: "staff_admin", name: "Sam Staff" });
    staff = testPlatformContext("staff_admin", person.id);
  });

  it("is the platform's own chain, with details", async () => {
    await write(staff, "user.sign_in", ["user", "u"], { method: "passkey", browser: "Firefox on Linux" });
    await write(staff, "factor.add", ["totp_factor", "f"], { name: "Phone" });
    const view = await listAudit(atAuditOf(staff, null), {});
    expect(said(view.entries)).toEqual([
      "Sam Staff added an authenticator app",
      "Sam Staff signed in with a passkey",
    ]);
    expect(view).toMatchObject({ customerName: null, zone: "UTC", asStaff: true });
    expect(view.entries[1]?.details).toContainEqual({
      label: "Browser",
      value: "Firefox on Linux",
      said: false,
    });
    expect(view.groups.map(({ value }) => value)).toContain("sign_in");
  });

  it("is an employer's chain without what people wrote into it, and exports are seen there", async () => {
    const acme = await world.customer();
    const admin = testContext("employer_admin", acme);
    await write(admin, "sealed_value.reveal", ["individuals", crypto.randomUUID()], {
      kind: "ssn",
      reason: "Filing for Ann",
    });
    const there = atAuditOf(staff, acme);
    const view = await listAudit(there, {});
    expect(view.entries[0]).toMatchObject({ detailsState: "withheld", details: [], intact: true });
    expect(view.chain.status).toBe("waiting");
    const file = await read((await exportAudit(there, {})).chunks);
    expect(file).toContain("kept for the employer");
    expect(file).not.toContain("Ann");
    expect(said((await listAudit(admin, {})).entries)[0]).toBe("Sam Staff exported the audit (1 entry)");
    await expect(listAudit(atAuditOf(staff, crypto.randomUUID()), {})).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  it("is not for support", async () => {
    const support = testPlatformContext("staff_support");
    expect(() => atAuditOf(support, null)).toThrow(expect.objectContaining({ code: "FORBIDDEN" }) as Error);
    await expect(listAudit(support, {})).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(listChainStates(support)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(exportAudit(support, {})).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it("counts chains that are broken or wait", async () => {
    const [broken, waiting] = [await world.customer(), await world.customer()];
    await asWorker(async () => {
      await world.write(broken);
      await world.write(waiting);
    });
    await sql()`update audit_log set action = 'x.y' where customer_id = ${broken}`;
    await asWorker(() => signChain(broken));
    const view = await listChainStates(staff);
    expect(view.broken).toBe(1);
    expect(view.chains[0]?.name).toBeNull();
    const stateOf = (id: string) => view.chains.find(({ customerId }) => customerId === id)?.state;
    expect(stateOf(broken)).toMatchObject({
      status: "broken",
      problems: [{ text: "Entry #1 was changed after it was written." }],
    });
    expect(stateOf(waiting)).toMatchObject({ status: "waiting", headSeq: 1 });
  });
});
