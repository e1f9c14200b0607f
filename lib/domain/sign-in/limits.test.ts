import { describe, expect, it, beforeAll } from "vitest";
import { closeDatabase } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { requestSignIn } from "./request-sign-in";

// The limits of a server; local mode has looser ones.
const database = useTestDatabase({ SIGN_IN_PER_ADDRESS: "5", SIGN_IN_PER_IP: "20" });
const sql = () => database().sql("superuser");
beforeAll(() => closeDatabase);

const ask = (email: string, ip: string) => requestSignIn({ email }, { ip });

async function countRows(email: string): Promise<{ requests: number; mails: number }> {
  const [row] = await sql()<{ requests: number; mails: number }[]>`select
    (select count(*)::int from verification_tokens where identifier = ${email}) as requests,
    (select count(*)::int from mail_outbox where recipient = ${email}) as mails`;
  return row ?? { requests: 0, mails: 0 };
}

describe("requests to sign in", () => {
  it("for one address are five an hour; further ones look the same and send nothing", async () => {
    const answers = [];
    for (let count = 0; count < 7; count += 1) {
      answers.push(await ask("Marisol@larkspur.example", `203.0.113.${count}`));
    }
    expect(answers.every(({ code }) => /^[A-Z2-9]{8}$/.test(code))).toBe(true);
    expect(await countRows("marisol@larkspur.example")).toEqual({ requests: 5, mails: 5 });
    await sql()`update rate_limits set expire = expire - 3600000`;
    await ask("marisol@larkspur.example", "203.0.113.50");
    expect((await countRows("marisol@larkspur.example")).mails).toBe(6);
  });

  it("from one network are twenty an hour, also at once, whether the addresses are good or not", async () => {
    const asked = Array.from({ length: 26 }, (_, count) =>
      ask(count % 2 ? `person${count}@acme.test` : "no address", "198.51.100.7").then(
        () => "sent",
        (error: unknown) => (error instanceof Error ? Reflect.get(error, "code") : "?"),
      ),
    );
    const outcomes = await Promise.all(asked);
    expect(outcomes.filter((outcome) => outcome === "RATE_LIMITED")).toHaveLength(6);
    await expect(ask("person1@acme.test", "198.51.100.8")).resolves.toBeDefined();
  });

  it("count without keeping address or network in the clear", async () => {
    await ask("canary@acme.test", "192.0.2.77");
    const rows = JSON.stringify(await sql()`select * from rate_limits`);
    expect(rows).not.toContain("canary@acme.test");
    expect(rows).not.toContain("192.0.2.77");
  });
});
