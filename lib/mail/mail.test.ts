import { randomUUID } from "node:crypto";
import { readdir, stat } from "node:fs/promises";
import { createServer, type Server, type Socket } from "node:net";
import path from "node:path";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { sendMail } from "@/lib/domain/mail/send-mail";
import { requestSignIn } from "@/lib/domain/sign-in/request-sign-in";
import { insertEmployer, insertPerson, newestToken } from "@/lib/domain/sign-in/testing";
import { findMail, listMails } from "./mailbox";
import { renderSignInMail } from "./render-mail";
import { deliverMail, mailFolder, smtpOptions } from "./transport";

const database = useTestDatabase();
const sql = () => database().sql("superuser");
const known = "marisol@larkspur.example";

beforeAll(async () => {
  const customerId = await insertEmployer(sql());
  await insertPerson(sql(), known, { role: "employer_admin", customerId });
  await insertPerson(sql(), "gone@larkspur.example", { role: "employer_admin", customerId, disabled: true });
  await configureDatabase({ url: database().urls.worker });
  return closeDatabase;
});

/** Asks for a link as the web process does, and gives back the mail's row. */
async function ask(email: string): Promise<string> {
  await configureDatabase({ url: database().urls.app });
  await requestSignIn({ email }, { ip: "127.0.0.1" });
  await configureDatabase({ url: database().urls.worker });
  const [row] = await sql()<{ id: string }[]>`
    select id from mail_outbox where recipient = ${email} order by created_at desc limit 1`;
  return row?.id ?? "";
}

async function outboxRow(id: string) {
  const [row] = await sql()`select sent_at is not null as sent, failed_at is not null as failed, last_error
    from mail_outbox where id = ${id}`;
  return row;
}

const files = () => readdir(mailFolder()).catch(() => []);

describe("the worker", () => {
  it("sends a known address its link, as one private file", async () => {
    const id = await ask(known);
    expect(await sendMail(id)).toBe("sent");
    expect(await outboxRow(id)).toMatchObject({ sent: true, failed: false });
    const [name = ""] = (await files()).filter((file) => file.endsWith(`${id}.eml`));
    expect((await stat(path.join(mailFolder(), name))).mode & 0o777).toBe(0o600);
    expect((await stat(mailFolder())).mode & 0o777).toBe(0o700);
    const mail = await findMail(name.slice(0, -4));
    const token = await newestToken(sql(), known);
    expect(mail).toMatchObject({ to: known, subject: "Sign in to Perch at localhost:3000" });
    for (const part of [mail?.html, mail?.text]) {
      expect(part).toContain(`http://localhost:3000/sign-in/confirm?token=${token}`);
    }
    expect(mail?.html).toContain('src="data:image/png;base64,');
  });

  it("sends nothing to an unknown or disabled address, and tells nobody", async () => {
    const before = (await files()).length;
    for (const email of ["nobody@nowhere.example", "gone@larkspur.example"]) {
      const id = await ask(email);
      expect(await sendMail(id)).toBe("dropped");
      expect(await outboxRow(id)).toMatchObject({ sent: false, failed: true, last_error: "unknown_address" });
    }
    expect(await files()).toHaveLength(before);
  });

  it("sends a mail once, and none that is too late", async () => {
    const id = await ask(known);
    await sendMail(id);
    const before = (await files()).length;
    expect(await sendMail(id)).toBe("dropped");
    const late = await ask(known);
    await sql()`update mail_outbox set created_at = created_at - interval '11 minutes' where id = ${late}`;
    expect(await sendMail(late)).toBe("dropped");
    expect(await files()).toHaveLength(before);
  });
});

describe("the local mailbox", () => {
  it("lists mails newest first; their files sort oldest first", async () => {
    const mail = await renderSignInMail({
      url: "http://localhost:3000/x",
      host: "localhost:3000",
      minutes: 10,
    });
    const [older, newer] = [randomUUID(), randomUUID()];
    await deliverMail(
      { ...mail, id: newer, to: "newer@acme.test" },
      { now: new Date("2031-02-01T10:00:00.001Z") },
    );
    await deliverMail(
      { ...mail, id: older, to: "older@acme.test" },
      { now: new Date("2031-02-01T10:00:00.000Z") },
    );
    expect((await listMails()).slice(0, 2).map(({ to }) => to)).toEqual([
      "newer@acme.test",
      "older@acme.test",
    ]);
    expect((await files()).sort().slice(-2)).toEqual([
      `20310201T100000000Z-${older}.eml`,
      `20310201T100000001Z-${newer}.eml`,
    ]);
  });

  it("opens no path", async () => {
    for (const id of ["../secrets", "..%2Fsecrets", "x", ""]) expect(await findMail(id)).toBeNull();
  });

  it("takes one recipient: a list, a name or a line break is refused", async () => {
    const mail = await renderSignInMail({
      url: "http://localhost:3000/x",
      host: "localhost:3000",
      minutes: 10,
    });
    const before = (await files()).length;
    for (const to of [
      "a@acme.test,eve@evil.test",
      "A <a@acme.test>",
      "a@acme.test\r\nBcc: eve@evil.test",
      "",
    ]) {
      const sent = deliverMail({ ...mail, id: randomUUID(), to });
      await expect(sent).rejects.toMatchObject({ code: "bad_address", permanent: true });
    }
    expect(await files()).toHaveLength(before);
  });
});

describe("a mail server", () => {
  const servers: Server[] = [];
  afterEach(() => servers.splice(0).forEach((server) => server.close()));

  /** Speaks as much SMTP as it takes to refuse a recipient. */
  function refusing(reply: string): Promise<string> {
    const talk = (socket: Socket) => {
      socket.write("220 mail.test\r\n");
      socket.on("error", () => undefined);
      socket.on("data", (data) => {
        const verb = data.toString().slice(0, 4).toUpperCase();
        if (verb === "RCPT") socket.write(`${reply}\r\n`);
        else if (verb === "QUIT") socket.end("221 bye\r\n");
        else socket.write("250 fine\r\n");
      });
    };
    return new Promise((resolve) => {
      const server = createServer(talk).listen(0, "127.0.0.1", () => {
        const address = server.address();
        resolve(`smtp://127.0.0.1:${address && typeof address === "object" ? address.port : 0}`);
      });
      servers.push(server);
    });
  }

  it.each([
    ["550 5.1.1 <canary@larkspur.example> unknown", { code: "smtp_550", permanent: true }],
    ["451 4.7.1 <canary@larkspur.example> later", { code: "smtp_451", permanent: false }],
  ])("that answers %s is told apart, without its words", async (reply, expected) => {
    const mail = await renderSignInMail({
      url: "http://localhost:3000/x",
      host: "localhost:3000",
      minutes: 10,
    });
    const url = await refusing(reply);
    const failure = await deliverMail({ ...mail, id: randomUUID(), to: known }, { smtpUrl: url }).catch(
      (error: unknown) => error,
    );
    expect(failure).toMatchObject(expected);
    expect(String(failure)).not.toContain("canary");
  });

  it("is asked for verified TLS where it is not on this machine", () => {
    expect(smtpOptions("smtp://mail.example.com:587")).toMatchObject({ requireTLS: true });
    expect(smtpOptions("smtp://127.0.0.1:1025")).not.toMatchObject({ requireTLS: true });
  });
});
