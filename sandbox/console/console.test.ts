import { request } from "node:http";
import { describe, expect, it } from "vitest";
import { control, createTestConnection, startTestSandbox } from "@/sandbox/testing/harness";

const sandbox = await startTestSandbox();
const { port } = sandbox;
const own = { "X-Sandbox-Control": "1" };

/** A request with headers that `fetch` would not let through. */
function raw(path: string, headers: Record<string, string> = {}): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const call = request(`${sandbox.url}${path}`, { headers }, (response) => {
      let text = "";
      response.on("data", (chunk: Buffer) => (text += chunk.toString()));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
    });
    call.on("error", reject);
    call.end();
  });
}

const show = async (query = "") => (await raw(`/_sandbox/console${query}`, own)).text;

describe("the page at /", () => {
  it("holds no data, runs nothing but its own and is framed by nobody", async () => {
    const { created } = await createTestConnection(sandbox);
    const answer = await fetch(sandbox.url);
    const policy = answer.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("unsafe");
    const html = await answer.text();
    expect(html).toContain("Finch sandbox");
    expect(html).not.toContain(created.connection_id);
    expect(html).not.toContain(sandbox.sandbox.world.settings.clients[0]?.id);
  });

  it("escapes the address", async () => {
    expect((await raw('/?view="><img src=x>')).text).not.toContain("<img src=x");
  });
});

describe("what the page shows", () => {
  it.each([
    ["without the header", {}],
    ["under a name that is not loopback, as after DNS rebinding", { ...own, Host: "evil.example" }],
    ["for another site", { ...own, Origin: "https://evil.example" }],
    ["for another port of this machine", { ...own, Host: `localhost:${port}`, Origin: "http://localhost:1" }],
    ["through a proxy", { ...own, "X-Forwarded-For": "10.0.0.9" }],
  ])("is refused %s", async (_title, headers) => {
    expect((await raw("/_sandbox/console", headers)).status).toBe(403);
  });

  it("is given under each name of this machine", async () => {
    const host = `localhost:${port}`;
    const headers = { ...own, Host: host, Origin: `http://${host}` };
    expect((await raw("/_sandbox/console", headers)).status).toBe(200);
  });

  it("lists connections, and finds them", async () => {
    await control(sandbox.url, "POST", "/companies", {
      provider_id: "rippling",
      people: 7,
      customer_name: "Larkspur",
    });
    await control(sandbox.url, "POST", "/companies", {
      provider_id: "bob",
      people: 9,
      customer_name: "Saltmarsh",
    });
    expect(await show()).toContain("Larkspur");
    const found = await show("?view=connections&q=salt");
    expect(found).toContain("Saltmarsh");
    expect(found).not.toContain("Larkspur");
  });

  it("escapes what an application sends", async () => {
    const bad = '<img src=x onerror="alert(1)">';
    const { connection_id: id } = (await control(sandbox.url, "POST", "/companies", {
      provider_id: "gusto",
      customer_name: bad,
    })) as { connection_id: string };
    for (const query of [
      "",
      `?view=connection&id=${id}&q=${encodeURIComponent(bad)}`,
      `?view=requests&q=${encodeURIComponent(bad)}`,
    ]) {
      expect(await show(query)).not.toContain("<img src=x");
    }
  });

  it("finds people of a connection, those too who were written", async () => {
    const { created } = await createTestConnection(sandbox);
    const id = created.connection_id;
    await control(sandbox.url, "POST", `/connections/${id}/events`, {
      event: "employee_hired",
      first_name: "Zenobia",
      sync: false,
    });
    const found = await show(`?view=connection&id=${id}&q=zenobia`);
    expect(found).toContain("Zenobia");
    expect(found).toContain("not synced");
    expect(found).toContain("1 found");
    expect(await show(`?view=connection&id=${id}&q=nobodyatall`)).toContain("Nobody fits");
  });

  it("answers for 25,000 people within a moment, page by page", async () => {
    const { connection_id: id } = (await control(sandbox.url, "POST", "/companies", {
      provider_id: "gusto",
      people: 25_000,
    })) as { connection_id: string };
    expect(await show(`?view=connection&id=${id}`)).toContain("25,000 people");
    expect(await show(`?view=connection&id=${id}&offset=24975`)).toContain("24,976 to 25,000");
  });

  it("shows requests with bodies and without secrets", async () => {
    const { client, token } = await createTestConnection(sandbox);
    await client.hris.directory.list({ limit: 3 });
    const [seq] = [...(await show("?view=requests&q=directory")).matchAll(/seq=(\d+)/g)].map(
      (match) => match[1],
    );
    const html = await show(`?view=request&seq=${seq}`);
    expect(html).toContain("individuals");
    expect(html).toContain("Bearer [redacted]");
    expect(html).not.toContain(token);
  });

  it.each([
    "request&seq=999999",
    "connection&id=nobody",
    "delivery&id=nobody",
    "nowhere",
    "constructor",
    "__proto__",
  ])("says so where %s is not known", async (view) => {
    expect((await raw(`/_sandbox/console?view=${view}`, own)).status).toBe(200);
  });

  it("shows requests whose address is no text, or means something to a shell", async () => {
    await raw("/x';touch$IFS/tmp/owned;'?percent=%");
    const list = await raw("/_sandbox/console?view=requests&q=owned", own);
    expect([list.status, list.text]).toEqual([200, expect.stringContaining("?percent=%")]);
    const seq = /seq=(\d+)/.exec(list.text)?.[1];
    const html = await show(`?view=request&seq=${seq}`);
    expect(html).toContain("x&#39;\\&#39;&#39;;touch$IFS/tmp/owned;&#39;\\&#39;&#39;?percent=%&#39;");
  });

  it("changes nothing by looking", async () => {
    const { created, client } = await createTestConnection(sandbox);
    await client.hris.company.retrieve();
    const before = JSON.stringify(sandbox.sandbox.world.store.connections.all());
    for (const view of [
      "connections",
      `connection&id=${created.connection_id}`,
      "requests",
      "webhooks",
      "faults",
      "clock",
      "start",
    ])
      await show(`?view=${view}`);
    expect(JSON.stringify(sandbox.sandbox.world.store.connections.all())).toBe(before);
  });
});
