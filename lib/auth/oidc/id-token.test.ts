import { createHmac, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { beginOidcVisit } from "./begin-visit";
import { finishOidcVisit } from "./finish-visit";

/** An identity provider that answers with whatever id token a test makes: what of it is believed. */

const database = useTestDatabase();
const sql = () => database().sql("superuser");
const client = { id: "perch-test", secret: "a-secret-of-the-tests-0123456789" };
const rsa = () => generateKeyPairSync("rsa", { modulusLength: 2048 });
const [ours, strangers] = [rsa(), rsa()];
const kid = "k1";

interface Forged {
  header: Record<string, unknown>;
  claims: Record<string, unknown>;
  key: KeyObject | "none" | "client secret";
}

type Forge = (good: Forged) => Forged | string | null;

let server: Server;
let issuer = "";
/** What the next id token is; null answers without one. */
let forge: Forge = (good) => good;
let claimedIssuer: string | null = null;
let nonce = "";
const strangersHits: string[] = [];

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

function toToken({ header, claims, key }: Forged): string {
  const body = `${encode(header)}.${encode(claims)}`;
  if (key === "none") return `${body}.`;
  if (key === "client secret")
    return `${body}.${createHmac("sha256", client.secret).update(body).digest("base64url")}`;
  return `${body}.${sign("sha256", Buffer.from(body), key).toString("base64url")}`;
}

function goodToken(): Forged {
  const now = Math.floor(Date.now() / 1000);
  return {
    header: { alg: "RS256", kid },
    claims: { iss: issuer, sub: "staff-1", aud: client.id, iat: now, exp: now + 300, auth_time: now, nonce },
    key: ours.privateKey,
  };
}

const answers: Record<string, () => object> = {
  "/.well-known/openid-configuration": () => ({
    issuer: claimedIssuer ?? issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ["code"],
    id_token_signing_alg_values_supported: ["RS256"],
  }),
  "/jwks": () => ({ keys: [{ ...ours.publicKey.export({ format: "jwk" }), kid, alg: "RS256", use: "sig" }] }),
  "/token": () => {
    const token = forge(goodToken());
    return {
      access_token: "opaque",
      token_type: "Bearer",
      ...(token ? { id_token: typeof token === "string" ? token : toToken(token) } : {}),
    };
  },
};

beforeAll(async () => {
  server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", issuer);
    if (pathname.startsWith("/strangers")) strangersHits.push(pathname);
    const answer = answers[pathname];
    response.writeHead(answer ? 200 : 404, { "content-type": "application/json" });
    response.end(JSON.stringify(answer?.() ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  Object.assign(process.env, {
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: client.id,
    OIDC_CLIENT_SECRET: client.secret,
  });
  const [user] = await sql()<{ id: string }[]>`
    insert into users (email) values (gen_random_uuid() || '@staff.invalid') returning id`;
  const userId = user?.id ?? "";
  await sql()`insert into accounts (user_id, type, provider, provider_account_id) values (${userId}, 'oidc', ${issuer}, 'staff-1')`;
  await sql()`insert into user_roles (customer_id, user_id, role)
    values ('00000000-0000-0000-0000-000000000000', ${userId}, 'staff_admin')`;
  return closeDatabase;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** A sign-in whose id token is what `made` makes of a good one. */
async function signInWith(made: Forge): Promise<string> {
  const { url, browserSecret } = await beginOidcVisit({ purpose: "sign-in", userId: null });
  nonce = url.searchParams.get("nonce") ?? "";
  forge = made;
  const query = new URLSearchParams({ code: "c", state: url.searchParams.get("state") ?? "" });
  const facts = { userId: null, sessionToken: undefined, deviceToken: undefined, userAgent: null, ip: null };
  return (await finishOidcVisit({ ...facts, query, browserSecret })).state;
}

const withClaims = (changed: Record<string, unknown>) => (good: Forged) => ({
  ...good,
  claims: { ...good.claims, ...changed },
});

describe("the provider's document", () => {
  // First of all: a document that was taken is kept for an hour.
  it("that names another issuer than the configured one is not used", async () => {
    claimedIssuer = "https://login.evil.test";
    await expect(beginOidcVisit({ purpose: "sign-in", userId: null })).rejects.toMatchObject({
      code: "UPSTREAM",
    });
    claimedIssuer = null;
  });
});

describe("an id token", () => {
  it("that is good signs in", async () => {
    expect(await signInWith((good) => good)).toBe("signed-in");
  });

  it.each<[string, Forge]>([
    ["signed by another key", (good) => ({ ...good, key: strangers.privateKey })],
    ["without a signature", (good) => ({ ...good, header: { alg: "none" }, key: "none" })],
    [
      "signed with the client's secret",
      (good) => ({ ...good, header: { alg: "HS256" }, key: "client secret" }),
    ],
    ["of an unknown key id", (good) => ({ ...good, header: { ...good.header, kid: "k2" } })],
  ])("%s is refused", async (_what, made) => {
    expect(await signInWith(made)).toBe("refused");
  });

  it("that brings its own key, or an address of one, is refused, and the address is not asked", async () => {
    const jwk = strangers.publicKey.export({ format: "jwk" });
    const own = { jwk, jku: `${issuer}/strangers-keys`, x5u: `${issuer}/strangers-certificate` };
    expect(
      await signInWith((good) => ({
        ...good,
        header: { ...good.header, ...own },
        key: strangers.privateKey,
      })),
    ).toBe("refused");
    expect(strangersHits).toEqual([]);
  });

  it("changed after it was signed is refused", async () => {
    const changed = (good: Forged) => {
      const [header, , signature] = toToken(withClaims({ sub: "nobody" })(good)).split(".");
      return `${header}.${encode(good.claims)}.${signature}`;
    };
    expect(await signInWith(changed)).toBe("refused");
  });

  it.each<[string, Record<string, unknown>]>([
    ["for another client", { aud: "another-client" }],
    ["for several clients without saying whose it is", { aud: [client.id, "another-client"] }],
    ["of another issuer", { iss: "https://login.evil.test" }],
    ["that is over", { iat: 1_700_000_000, exp: 1_700_000_300 }],
    ["that is not good yet", { nbf: Math.floor(Date.now() / 1000) + 3600 }],
    ["without an end", { exp: undefined }],
    ["without a subject", { sub: undefined }],
    ["without a nonce", { nonce: undefined }],
  ])("%s is refused", async (_what, changed) => {
    expect(await signInWith(withClaims(changed))).toBe("refused");
  });

  it("is needed: an access token alone proves nobody", async () => {
    expect(await signInWith(() => null)).toBe("refused");
  });
});
