import { mkdir, readdir, writeFile } from "node:fs/promises";
import { beforeEach, describe, expect, it } from "vitest";
import { useAuditWorld } from "@/lib/domain/audit/testing";
import { signChain } from "@/lib/domain/audit/sign-chain";
import { createTestUser } from "@/db/seed/factories";
import { DomainError } from "@/lib/domain/errors";
import { testContext, testPlatformContext } from "@/lib/domain/testing";
import { mailFolder } from "@/lib/mail/transport";
import { getRetention, nextRun } from "./get-retention";
import { retentionKinds, type RetentionKind } from "./kinds";
import { runDailyRetention } from "./run-daily-retention";

const world = useAuditWorld();
const sql = () => world.sql();

const kind = (key: string, run: RetentionKind["run"]): RetentionKind => ({
  ...(retentionKinds[0] as RetentionKind),
  key,
  run,
});
const jobs = () => sql()`select j.run_at, p.payload from graphile_worker.jobs j
  join graphile_worker._private_jobs p on p.id = j.id where j.task_identifier = 'retention.daily'`;

describe("a daily run", () => {
  beforeEach(async () => {
    await sql()`delete from retention_runs`;
    await sql()`delete from graphile_worker._private_jobs`;
  });

  it("records what every kind deleted", async () => {
    const { results, failed } = await runDailyRetention();
    expect(failed).toEqual([]);
    expect(Object.keys(results)).toEqual(retentionKinds.map(({ key }) => key));
    const [run] = await sql()`select results, failures, finished_at, error_code from retention_runs`;
    expect(run).toMatchObject({ results, failures: 0, error_code: null });
    expect(run?.["finished_at"]).toBeInstanceOf(Date);
    expect(await jobs()).toHaveLength(0);
  });

  it("goes on after a kind that fails, records its code and tries it alone again later", async () => {
    const ran: string[] = [];
    const all = [
      kind("first", async () => ran.push("first")),
      kind("broken", async () => {
        await sql()`select 1 / 0`;
        return 0;
      }),
      kind("refused", () => Promise.reject(new DomainError("UPSTREAM", "a message of somebody's data"))),
      kind("last", async () => ran.push("last")),
    ];
    const before = Date.now();
    expect(await runDailyRetention({ all })).toEqual({
      results: { first: 1, last: 2 },
      failed: ["broken", "refused"],
    });
    const [run] = await sql()`select * from retention_runs`;
    expect(run).toMatchObject({ failures: 2, error_code: "broken: 22012", results: { first: 1, last: 2 } });
    const [job] = await jobs();
    expect(job?.["payload"]).toEqual({ kinds: ["broken", "refused"], attempt: 2 });
    expect((job?.["run_at"] as Date).getTime()).toBeGreaterThan(before + 4 * 60_000);
    ran.length = 0;
    await runDailyRetention({ all, kinds: ["broken"], attempt: 2 });
    expect(ran).toEqual([]);
    expect(await sql()`select 1 from retention_runs`).toHaveLength(2);
  });

  it("gives a kind up after five tries, until the next day", async () => {
    const all = [kind("broken", () => Promise.reject(new Error("down")))];
    await runDailyRetention({ all, attempt: 5 });
    expect(await jobs()).toHaveLength(0);
  });
});

describe("what is deleted by its age", () => {
  const day = (days: number) => new Date(Date.now() - days * 86_400_000);

  it("mails 30 days after they went, failed or were written, and nothing younger", async () => {
    await sql()`delete from mail_outbox`;
    const insert = (name: string, created: number, sent: number | null, failed: number | null) => sql()`
      insert into mail_outbox (template, recipient, parameters, created_at, sent_at, failed_at)
      values (${name}, 'somebody@example.test', '{"reason": "personal"}', ${day(created)}, ${sent === null ? null : day(sent)}, ${failed === null ? null : day(failed)})`;
    await insert("old", 40, 31, null);
    await insert("given up", 40, null, 31);
    await insert("never left", 31, null, null);
    await insert("late", 40, 29, null);
    await insert("new", 1, null, null);
    expect((await runDailyRetention({ kinds: ["mails"] })).results).toEqual({ mails: 3 });
    const kept = await sql()`select template from mail_outbox order by template`;
    expect(kept.map((row) => String(row["template"]))).toEqual(["late", "new"]);
  });

  it("mail files by the day in their name, and no other files", async () => {
    await mkdir(mailFolder(), { recursive: true });
    const name = (at: Date) =>
      `${at.toISOString().replaceAll(/[-:]/g, "").replace(".", "")}-${crypto.randomUUID()}.eml`;
    const kept = [name(day(1)), name(day(29)), "20200101-note.txt"];
    for (const file of [...kept, name(day(32)), name(day(400))])
      await writeFile(`${mailFolder()}/${file}`, "");
    expect((await runDailyRetention({ kinds: ["mail_files"] })).results).toEqual({ mail_files: 2 });
    expect((await readdir(mailFolder())).sort()).toEqual(kept.sort());
    expect((await runDailyRetention({ kinds: ["mail_files"] })).results).toEqual({ mail_files: 0 });
  });

  it("challenges, browsers, reveals, lookups, sessions and records of runs", async () => {
    const { id } = await createTestUser(sql());
    const customerId = await world.customer();
    for (const [days, hash] of [
      [366, "old"],
      [364, "new"],
    ] as const) {
      await sql()`insert into known_devices (user_id, hash, last_seen_at) values (${id}, ${hash}, ${day(days)})`;
      await sql()`insert into retention_runs (started_at) values (${day(days)})`;
      await sql()`insert into reveals (customer_id, user_id, connection_id, sealed_value_id, kind, audit_seq, created_at)
        values (${customerId}, ${id}, gen_random_uuid(), gen_random_uuid(), 'ssn', 1, ${day(days)})`;
    }
    for (const [hours, hash] of [
      [2, "old"],
      [-1, "new"],
    ] as const) {
      await sql()`insert into auth_challenges (kind, browser_hash, data, expires_at)
        values ('passkey', ${hash}, '{}', now() - make_interval(hours => ${hours}))`;
      await sql()`insert into lookups (kind, hash, customer_id, row_id, expires_at)
        values ('test', ${hash}, ${customerId}, gen_random_uuid(), now() - make_interval(hours => ${hours * 20}))`;
      await sql()`insert into sessions (session_token, user_id, expires)
        values (${hash}, ${id}, now() - make_interval(hours => ${hours}))`;
    }
    const { results, failed } = await runDailyRetention();
    expect(failed).toEqual([]);
    expect(results).toMatchObject({
      devices: 1,
      challenges: 1,
      reveals: 1,
      lookups: 1,
      sign_ins: 1,
      runs: 1,
    });
    expect((await sql()`select hash from known_devices`).map((row) => String(row["hash"]))).toEqual(["new"]);
    expect(await sql()`select 1 from reveals where customer_id = ${customerId}`).toHaveLength(1);
  });

  it("audit entries of 7 years, as far as they are signed, with an entry that says so", async () => {
    const id = await world.chain(6);
    await world.age(id, 4, 8);
    expect((await runDailyRetention({ kinds: ["audit"] })).results).toEqual({ audit: 0 });
    expect(await signChain(id)).toBe("signed");
    expect((await runDailyRetention({ kinds: ["audit"] })).results).toEqual({ audit: 4 });
    const rows = await sql()`select seq::int, action from audit_log where customer_id = ${id} order by seq`;
    expect(rows.map((row) => Number(row["seq"]))).toEqual([5, 6, 7]);
    expect(rows.at(-1)?.["action"]).toBe("audit.prune");
    expect(await sql()`select 1 from audit_details where customer_id = ${id} and seq <= 4`).toHaveLength(0);
    expect(await world.problems(id)).toEqual([]);
    expect(await world.check(id)).toMatchObject({ rows: 3, throughSeq: 7, head: { baseSeq: 4 } });
    expect(await signChain(id)).toBe("signed");
    expect(await world.problems(id)).toEqual([]);
  });
});

describe("the page of retention", () => {
  const staff = testPlatformContext("staff_admin");

  it("shows settings, runs, what each deleted, and when the next one comes", async () => {
    await sql()`delete from retention_runs`;
    const before = await getRetention(staff);
    expect(before).toMatchObject({ overdue: true, lastAt: null, runs: [] });
    await runDailyRetention();
    const view = await getRetention(testPlatformContext("staff_support"));
    expect(view.overdue).toBe(false);
    expect(view.runs).toHaveLength(1);
    expect(view.runs[0]?.state).toBe("done");
    expect(view.kinds.find(({ key }) => key === "audit")).toMatchObject({
      kept: "7 years",
      setting: "AUDIT_RETENTION_YEARS",
    });
    await sql()`update retention_runs set started_at = now() - interval '27 hours', finished_at = now() - interval '27 hours'`;
    expect((await getRetention(staff)).overdue).toBe(true);
    await sql()`update retention_runs set finished_at = null`;
    expect((await getRetention(staff)).runs[0]?.state).toBe("broken_off");
  });

  it("is for staff alone", async () => {
    const admin = testContext("employer_admin", await world.customer());
    await expect(getRetention(admin)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it("names the next 03:23 in UTC", () => {
    expect(nextRun(new Date("2026-11-22T03:22:59Z"))).toEqual(new Date("2026-11-22T03:23:00Z"));
    expect(nextRun(new Date("2026-11-22T03:23:00Z"))).toEqual(new Date("2026-11-23T03:23:00Z"));
  });
});
