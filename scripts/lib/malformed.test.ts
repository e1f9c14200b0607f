import { createServer, IncomingMessage, type Server } from "node:http";
import { Socket, type AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dropUnreadableState, findMalformed, holdBody, isAction, isPlainInput } from "./malformed";

const id = "7f".padEnd(42, "0");

const requestOf = (what: Partial<Pick<IncomingMessage, "method" | "url" | "headers">>) =>
  Object.assign(new IncomingMessage(new Socket()), what);

describe("what no page of ours sends", () => {
  const asked = (method: string, url: string, headers: Record<string, string>) =>
    findMalformed(requestOf({ method, url, headers }))?.[0] ?? null;

  it("forms, wherever they go", () => {
    for (const type of [
      "multipart/form-data; boundary=x",
      "Multipart/Form-Data",
      "application/x-www-form-urlencoded",
    ])
      expect(asked("POST", "/sign-in", { "content-type": type })).toBe(415);
    expect(asked("POST", "/api/auth/sign-out", { "content-type": "application/json" })).toBeNull();
  });

  it("actions of another shape, method or address", () => {
    const type = "text/plain;charset=UTF-8";
    expect(asked("POST", "/sign-in", { "next-action": id, "content-type": type })).toBeNull();
    expect(asked("POST", "/sign-in", { "next-action": "x", "content-type": type })).toBe(400);
    expect(asked("GET", "/sign-in", { "next-action": id, "content-type": type })).toBe(400);
    expect(asked("POST", "/api/health", { "next-action": id, "content-type": type })).toBe(400);
    expect(asked("POST", "/sign-in", { "next-action": id, "content-type": "application/json" })).toBe(415);
  });

  it("a router state that is not readable, which then counts as not sent", () => {
    const headers: Record<string, string> = { "next-router-state-tree": "%" };
    dropUnreadableState(requestOf({ headers }));
    expect(headers).toEqual({});
    const readable = encodeURIComponent(JSON.stringify(["", { children: ["sign-in", {}] }]));
    const kept: Record<string, string> = { "next-router-state-tree": readable };
    dropUnreadableState(requestOf({ headers: kept }));
    expect(kept).toEqual({ "next-router-state-tree": readable });
  });
});

describe("the input of an action", () => {
  it.each([
    ['[{"name":"Ada","age":3,"list":[null,true]}]'],
    ["[]"],
    ['["$undefined","$$5 off","$D2026-11-22T05:00:00.000Z","$n12"]'],
  ])("is plain in %s", (body) => expect(isPlainInput(body)).toBe(true));

  it.each([
    ["not json"],
    ['{"0":1}'],
    [""],
    ['["$1:__proto__:then"]'],
    ['[{"a":["$F1"]}]'],
    ['["$B2"]'],
    ['["$@4"]'],
    ['[{"__proto__":{}}]'],
    ['[{"then":"x"}]'],
    [`${"[".repeat(60)}${"]".repeat(60)}`],
  ])("is not plain in %s", (body) => expect(isPlainInput(body)).toBe(false));
});

describe("a held body", () => {
  let server: Server;
  let url = "";
  const heard: string[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      const admit = () => void text(request).then((body) => (heard.push(body), response.end(body)));
      if (!isAction(request)) return admit();
      holdBody(request, response, {
        limitBytes: 200,
        admit,
        refuse: (to, status, words) => to.writeHead(status, { connection: "close" }).end(words),
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  const post = (body: BodyInit) =>
    fetch(url, { method: "POST", body, headers: { "next-action": id }, duplex: "half" } as RequestInit);

  it("arrives whole, in however many pieces it was sent", async () => {
    const parts = ['[{"na', 'me":"', "Ärztin", '"}]'].map((part) => new TextEncoder().encode(part));
    const pieces = new ReadableStream<Uint8Array>({
      pull(controller) {
        const part = parts.shift();
        if (part) controller.enqueue(part);
        else controller.close();
      },
    });
    const answer = await post(pieces);
    expect(await answer.text()).toBe('[{"name":"Ärztin"}]');
    expect(heard).toEqual(['[{"name":"Ärztin"}]']);
  });

  it("that is not plain, or too large, is heard of by nobody", async () => {
    expect((await post('["$1:then"]')).status).toBe(400);
    expect((await post(`["${"x".repeat(300)}"]`)).status).toBe(413);
    expect((await post("")).status).toBe(400);
    expect(heard).toHaveLength(1);
  });
});
