import { describe, expect, it } from "vitest";
import * as finch from "./index";
import { useFinch } from "./testing";

const world = useFinch();
const { caller } = world;
const { records } = caller;
const allOfPeople = ["company", "directory", "individual", "employment", "ssn"];
const newToken = (products = allOfPeople) => world.token(products);
const fault = (kind: Record<string, unknown>) => world.fault(kind);
const session = {
  customerName: "Acme",
  products: ["company", "directory"],
  minutesToExpire: 30,
};

describe("connect sessions", () => {
  it("are made with the installation's own credentials", async () => {
    const outcome = await finch.createConnectSession(caller, { ...session, finchCustomerId: "c-1" });
    expect(outcome).toMatchObject({ kind: "ok", status: 201 });
    if (outcome.kind === "ok") expect(outcome.data.connectUrl).toContain(outcome.data.sessionId);
  });

  it("to repair a connection that Finch does not know are unprocessable", async () => {
    const outcome = await finch.createReauthenticateSession(caller, {
      finchConnectionId: "nope",
      minutesToExpire: 30,
    });
    expect(outcome).toMatchObject({ kind: "unprocessable", status: 400 });
  });

  it("refused for a wrong client secret say so in words for the operator", async () => {
    await fault({
      operation: "POST /connect/sessions",
      kind: "status",
      status: 401,
      finch_code: "unauthorized",
    });
    const outcome = await finch.createConnectSession(caller, { ...session, finchCustomerId: "c-2" });
    expect(outcome).toMatchObject({ kind: "finch_error" });
    if (outcome.kind !== "ok") expect(outcome.message).toContain("client id or secret");
  });

  it("a code that Finch does not know is an invalid grant", async () => {
    const outcome = await finch.exchangeCode(caller, { code: "made-up" });
    expect(outcome).toMatchObject({ kind: "unprocessable", finchCode: "invalid_grant" });
  });
});

describe("outcomes", () => {
  it.each([
    [{ status: 401 }, "reauthenticate"],
    [{ status: 401, finch_code: "account_setup_required" }, "setup_required"],
    [{ status: 402 }, "payment_required"],
    [{ status: 403 }, "insufficient_permissions"],
    [{ status: 404 }, "not_found"],
    [{ status: 408 }, "timeout"],
    [{ status: 422 }, "unprocessable"],
    [{ status: 429 }, "rate_limited"],
    [{ status: 500 }, "finch_error"],
    [{ status: 501 }, "not_implemented"],
    [{ status: 502 }, "provider_error"],
  ])("%o is %s, asked once, with Finch's request id", async (given, kind) => {
    const token = await newToken();
    await fault({ operation: "GET /employer/company", kind: "status", ...given });
    records.length = 0;
    const outcome = await finch.getCompany(caller, token, { entityId: "" });
    expect(outcome.kind).toBe(kind);
    expect(outcome.requestId).not.toBeNull();
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({
      endpoint: "GET /employer/company",
      outcome: kind,
      status: given.status,
    });
  });

  it("a product that was not granted is a forbidden scope", async () => {
    const outcome = await finch.getCompany(caller, await newToken(["directory"]), { entityId: "" });
    expect(outcome.kind).toBe("forbidden_scope");
  });

  it("202 is pending and never data, for a page as for an object", async () => {
    const token = await newToken();
    await fault({ operation: "*", kind: "pending", times: 4 });
    const nothing = async () => {
      throw new Error("data of a 202");
    };
    const batch = { entityId: "", individualIds: ["a"], includeSsn: false };
    const outcomes = [
      await finch.getCompany(caller, token, { entityId: "" }),
      await finch.streamDirectory(caller, token, { entityId: "", offset: 0 }, nothing),
      await finch.streamIndividuals(caller, token, batch, nothing),
      await finch.streamEmployments(caller, token, batch, nothing),
    ];
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(["pending", "pending", "pending", "pending"]);
  });

  it("an answer of the wrong form is malformed", async () => {
    await fault({ operation: "GET /employer/company", kind: "malformed" });
    expect((await finch.getCompany(caller, await newToken(), { entityId: "" })).kind).toBe("malformed");
  });

  it("nothing that the network does throws", async () => {
    await fault({ operation: "GET /employer/company", kind: "reset" });
    expect(await finch.getCompany(caller, await newToken(), { entityId: "" })).toMatchObject({
      kind: "finch_error",
      status: null,
    });
  });

  it("carry the headers on the age of the data", async () => {
    const outcome = await finch.getCompany(caller, await newToken(), { entityId: "" });
    expect(outcome.kind).toBe("ok");
    expect(outcome.age.retrievedAt).toBeInstanceOf(Date);
    expect(outcome.age.lastAttemptResult).toBe("success");
  });
});

describe("a token that is good for a disconnect alone", () => {
  it("is sent nowhere else", async () => {
    const token = { ...(await newToken()), disconnectOnly: true };
    records.length = 0;
    const before = world.sandbox().sandbox.desk.log.after(0).length;
    expect((await finch.getCompany(caller, token, { entityId: "" })).kind).toBe("reauthenticate");
    expect((await finch.introspect(caller, token)).kind).toBe("reauthenticate");
    expect(records).toEqual([]);
    expect(world.sandbox().sandbox.desk.log.after(0)).toHaveLength(before);
    expect((await finch.disconnect(caller, token)).kind).toBe("ok");
    expect((await finch.introspect(caller, { ...token, disconnectOnly: false })).kind).toBe("reauthenticate");
  });
});

describe("providers", () => {
  it("are listed without any credential", async () => {
    const outcome = await finch.listProviders(caller);
    expect(outcome.kind).toBe("ok");
    if (outcome.kind === "ok") expect(outcome.data.map((provider) => provider.id)).toContain("gusto");
  });
});
