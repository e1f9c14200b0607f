import { expect, it } from "vitest";
import { introspect } from "./index";
import { TestCaller, tokenOf, useLocalFinch } from "./testing";

const elsewhere = useLocalFinch();

it("redirects are not followed: the token goes to one host only", async () => {
  elsewhere.answer = (response, request) => {
    if (request.url === "/stolen") response.end("{}");
    else response.writeHead(302, { location: "/stolen" }).end();
  };
  expect((await introspect(new TestCaller(), tokenOf("t"))).kind).not.toBe("ok");
  expect(elsewhere.requests).toBe(1);
});
