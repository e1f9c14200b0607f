import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { platformCustomerId } from "@/lib/domain/context";
import { root } from "../lib/local-environment";
import { UserError } from "../lib/user-error";
import { customerCreate } from "./customer-create";
import { staffAdd } from "./staff-add";
import { userGrant } from "./user-grant";
import { userRecover } from "./user-recover";

const database = useTestDatabase();
const sql = () => database().sql("superuser");

interface Ended {
  code: number;
  out: string;
  err: string;
}

/** The command as somebody types it, on the test's database. */
function perch(args: string[], more: Record<string, string> = {}): Promise<Ended> {
  const env = { PATH: process.env["PATH"] ?? "", ...database().env, ...more, NODE_ENV: "test" as const };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ["--import", "tsx", path.join(root, "scripts", "perch.ts"), ...args],
      { cwd: root, env },
      (error, out, err) => resolve({ code: error ? 1 : 0, out, err }),
    );
  });
}

const idIn = (text: string, name: string) => new RegExp(`${name}\\s+([0-9a-f-]{36})`).exec(text)?.[1] ?? "";

const chainOf = async (customerId: string) => {
  const rows =
    await sql()`select action, actor_kind, actor_id from audit_log where customer_id = ${customerId} order by seq`;
  return rows.map((row) => `${row["actor_kind"]} ${row["actor_id"]}: ${row["action"]}`);
};

describe("setting up without the console", { timeout: 120_000 }, () => {
  it("creates an employer, gives it an administrator and recovers the account, each audited, each repeatable", async () => {
    const first = await perch(["customer:create", " Larkspur  Dental ", "--time-zone", "America/Chicago"]);
    const customerId = idIn(first.out, "customer");
    expect(first).toMatchObject({
      code: 0,
      out: expect.stringContaining("Larkspur Dental is created") as string,
    });
    const again = await perch(["customer:create", "Larkspur Dental"]);
    expect([again.code, idIn(again.out, "customer")]).toEqual([0, customerId]);
    expect(again.out).toContain("already");

    const given = await perch(["user:grant", "Ada@Larkspur.test", "employer_admin", "Larkspur Dental"]);
    const repeated = await perch(["user:grant", "ada@larkspur.test", "employer_admin", customerId]);
    expect([given.code, repeated.code, idIn(repeated.out, "user")]).toEqual([0, 0, idIn(given.out, "user")]);
    expect(repeated.out).toContain("already");

    const recovered = await perch(["user:recover", "ada@larkspur.test"]);
    expect([recovered.code, idIn(recovered.out, "user")]).toEqual([0, idIn(given.out, "user")]);

    const [customer] = await sql()`select name, time_zone from customers where id = ${customerId}`;
    expect(customer).toEqual({ name: "Larkspur Dental", time_zone: "America/Chicago" });
    expect(await chainOf(customerId)).toEqual([
      "system perch customer:create: customer.create",
      "system perch user:grant: role.grant",
      "system perch user:recover: account.recover",
    ]);
    const mails =
      await sql()`select template from mail_outbox where recipient = 'ada@larkspur.test' order by created_at`;
    expect(mails.map((row) => String(row["template"]))).toEqual([
      "role-granted",
      "account-recovered",
      "account-recovered",
    ]);
  });

  it("adds staff of the identity provider once, in the platform's chain", async () => {
    const args = ["staff:add", "https://login.perch.test", "00u7f", "staff_admin", "--name", "Stella Frost"];
    const first = await perch(args);
    const again = await perch(args);
    expect([first.code, again.code, idIn(again.out, "user")]).toEqual([0, 0, idIn(first.out, "user")]);
    expect(first.out).toContain("OIDC_ISSUER is not set");
    const rows = await sql()`
      select a.provider, a.provider_account_id, u.name, g.role, g.customer_id from accounts a
      join users u on u.id = a.user_id join user_roles g on g.user_id = u.id`;
    expect([...rows]).toEqual([
      {
        provider: "https://login.perch.test",
        provider_account_id: "00u7f",
        name: "Stella Frost",
        role: "staff_admin",
        customer_id: platformCustomerId,
      },
    ]);
    expect(await chainOf(platformCustomerId)).toEqual(["system perch staff:add: role.grant"]);
  });

  it("asks for the id where two employers have the same name", async () => {
    await sql()`insert into customers (name) values ('Twin'), ('Twin')`;
    const { code, err } = await perch(["user:grant", "x@y.test", "hr_viewer", "Twin"]);
    expect(code).toBe(1);
    expect(err).toMatch(/Several employers.*[0-9a-f-]{36}, [0-9a-f-]{36}/s);
  });

  it("works with a server's environment, and names what is missing in it", async () => {
    const server = {
      PERCH_MODE: "server",
      NEXTAUTH_URL: "https://perch.example.com",
      SMTP_URL: "smtps://mail.example.com",
      FINCH_CLIENT_SECRET: randomBytes(32).toString("hex"),
      METRICS_TOKEN: randomBytes(32).toString("hex"),
    };
    const made = await perch(["customer:create", "On a server"], server);
    expect({ code: made.code, err: made.err }).toEqual({ code: 0, err: "" });
    const { code, err } = await perch(["customer:create", "On a server"], { ...server, SMTP_URL: "" });
    expect([code, err.includes("SMTP_URL is missing"), / at .*\.ts:\d+/.test(err)]).toEqual([1, true, false]);
  });

  it("says so where the database does not answer", async () => {
    const { code, err } = await perch(["customer:create", "Nowhere"], {
      DATABASE_URL: "postgres://perch_app:x@127.0.0.1:9/perch",
    });
    expect(code).toBe(1);
    expect(err).toMatch(/The database did not do it \(ECONNREFUSED\)/);
  });
});

describe("what cannot be meant", () => {
  beforeAll(async () => {
    await sql()`insert into customers (name) values ('Refused')`;
  });

  it.each([
    [["customer:create"], "Usage: npm run perch -- customer:create <name>"],
    [["customer:create", "X", "--time-zone", "Mars/Olympus"], "Use an IANA zone"],
    [
      ["user:grant", "x@y.test", "employer_admin", "Nowhere"],
      "no employer with the id or the exact name “Nowhere”",
    ],
    [["user:grant", "x@y.test", "staff_admin", "Refused"], "staff:add"],
    [["user:grant", "x@y.test", "boss", "Refused"], "There are: employer_admin"],
    [["user:grant", "nobody", "hr_viewer", "Refused"], "name@company.com"],
    [["user:recover", "nobody@nowhere.test"], "no such account"],
    [["staff:add", "login.perch.test", "00u1", "staff_admin"], "issuer's address"],
    [["staff:add", "https://login.perch.test", "00u1", "boss"], "staff_admin or staff_support"],
    [["user:grant", "x@y.test", "--role", "boss"], "Unknown option"],
  ])("%j is refused with one sentence that says what would be right", async ([name = "", ...args], words) => {
    const command = { customer: customerCreate, grant: userGrant, recover: userRecover, add: staffAdd }[
      name.split(":")[name.startsWith("customer") ? 0 : 1] ?? ""
    ];
    const refusal = await command?.(args).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(UserError);
    expect((refusal as Error).message).toContain(words);
  });
});
