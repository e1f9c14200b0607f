import { Logger, runOnce } from "graphile-worker";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { closeDatabase, configureDatabase, inSystem } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { sendMail } from "@/lib/domain/mail/send-mail";
import { defineJob, enqueue } from "@/lib/jobs/define";
import { defineHandler } from "./define-handler";
import { taskList } from "./registry";

/** Web and worker of two releases, one apart. */

const database = useTestDatabase();
beforeAll(() => configureDatabase({ url: database().urls.worker }));
afterAll(() => closeDatabase());

const work = () =>
  runOnce({ connectionString: database().urls.worker, taskList, logger: new Logger(() => () => undefined) });
const waiting = (name: string) =>
  database().sql("superuser")<{ attempts: number }[]>`
    select attempts from graphile_worker.jobs where task_identifier = ${name}`;

describe("a job of a newer web", () => {
  it("whose name this worker does not know waits for a newer one, untouched", async () => {
    const job = defineJob("report.build", z.strictObject({ reportId: z.uuid() }));
    await inSystem((tx) => enqueue(tx, job, { reportId: crypto.randomUUID() }));
    await work();
    expect(await waiting("report.build")).toEqual([{ attempts: 0 }]);
  });

  it("that says more than this worker knows is done", async () => {
    await inSystem((tx) =>
      enqueue(tx, defineJob("sign-in.clean", z.strictObject({ olderThanDays: z.number() })), {
        olderThanDays: 3,
      }),
    );
    await work();
    expect(await waiting("sign-in.clean")).toEqual([]);
  });

  it("is given to the handler without what it added, and refused where something is missing", async () => {
    const given: unknown[] = [];
    const handler = defineHandler(defineJob("x.do", z.strictObject({ id: z.string() })), async (payload) =>
      given.push(payload),
    );
    await handler.run({ id: "a", priority: "high", _cron: {} }, { attempt: 1 });
    expect(given).toEqual([{ id: "a" }]);
    await expect(handler.run({ priority: "high" }, { attempt: 1 })).rejects.toThrow();
  });
});

it("a mail of a template that this worker does not know is tried again, not given up", async () => {
  const sql = database().sql("superuser");
  const [mail] = await sql<{ id: string }[]>`
    insert into mail_outbox (template, recipient, parameters) values ('of-next-year', 'person@example.test', '{}') returning id`;
  await expect(sendMail(mail?.id ?? "")).rejects.toMatchObject({ code: "UPSTREAM", retryable: true });
  expect(await sql`select failed_at, sent_at from mail_outbox`).toEqual([{ failed_at: null, sent_at: null }]);
});

describe("this web", () => {
  it("enqueues nothing that its own contract does not name", async () => {
    const job = defineJob("x.do", z.strictObject({ id: z.string() }));
    const more = { id: "a", scope: "everything" };
    await expect(inSystem((tx) => enqueue(tx, job, more))).rejects.toThrow();
  });
});
