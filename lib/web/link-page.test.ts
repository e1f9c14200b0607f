import { randomBytes } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { closeDatabase } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { newSecretToken } from "@/lib/crypto";
import { acceptInvitation } from "@/lib/domain/invitations/accept-invitation";
import { getInvitation } from "@/lib/domain/invitations/get-invitation";
import { newInvitation } from "@/lib/domain/invitations/testing";
import { env } from "@/lib/env";
import { linkPageRefusal, takeLinkPage } from "./link-page";

const database = useTestDatabase({
  PERCH_MODE: "server",
  SMTP_URL: "smtp://127.0.0.1:2525",
  FINCH_CLIENT_SECRET: randomBytes(24).toString("hex"),
});
const sql = () => database().sql("superuser");

beforeAll(() => {
  expect(env().mode).toBe("server");
  return closeDatabase;
});
beforeEach(async () => {
  await sql()`delete from rate_limits`;
});

/** What /invite/[token] does with a visit from an address. */
async function open(ip: string, token: string): Promise<string> {
  const refusal = await linkPageRefusal(ip);
  return refusal ?? (await getInvitation(token, null)).state;
}

/** What its button does. */
async function press(ip: string, token: string): Promise<string> {
  await takeLinkPage(ip);
  return (await acceptInvitation({ token }, null)).state;
}

const guesses = 60;
const refused = /^Too many links were opened from your network\./;

describe("guessing the link of an invitation", () => {
  it("ends after 60 looks of a network in 10 minutes, also with the right link", async () => {
    const { token } = await newInvitation(sql());
    for (let guess = 0; guess < guesses; guess += 1)
      expect(await open("203.0.113.9", newSecretToken())).toBe("over");
    expect(await open("203.0.113.9", newSecretToken())).toMatch(refused);
    expect(await open("203.0.113.9", token)).toMatch(refused);
    // Nobody is locked out of an invitation by somebody who guesses elsewhere.
    expect(await open("203.0.113.10", token)).toBe("open");
    await sql()`update rate_limits set expire = expire - 10 * 60 * 1000`;
    expect(await open("203.0.113.9", token)).toBe("open");
  });

  it("counts presses with looks, and all addresses of an IPv6 network as one", async () => {
    const { token, customerId } = await newInvitation(sql());
    const address = (n: number) => `2001:db8:1:2::${n.toString(16)}`;
    for (let guess = 0; guess < guesses; guess += 1)
      expect(await (guess % 2 ? press : open)(address(guess), newSecretToken())).toBe("over");
    await expect(press(address(99), token)).rejects.toMatchObject({ code: "RATE_LIMITED" });
    expect(await open(address(100), token)).toMatch(refused);
    expect(
      await sql()`select id from user_roles where customer_id = ${customerId} and role = 'employee'`,
    ).toEqual([]);
    expect(await press("2001:db8:1:3::1", token)).toBe("accepted");
  });

  it("has no more tries where they come at once", async () => {
    const answers = await Promise.all(
      Array.from({ length: guesses + 20 }, () => open("198.51.100.7", newSecretToken())),
    );
    expect(answers.filter((answer) => answer === "over")).toHaveLength(guesses);
  });
});
