import { afterEach, describe, expect, it } from "vitest";
import { getCompany } from "../people/calls";
import { TestCaller, tokenOf, useLocalFinch } from "../testing";

const finch = useLocalFinch();
const symbol = Symbol.for("undici.globalDispatcher.1");

type Dispatch = (options: object, handler: unknown) => boolean;
interface Dispatcher {
  compose(interceptor: (dispatch: Dispatch) => Dispatch): Dispatcher;
}

const original = Reflect.get(globalThis, symbol) as Dispatcher;
afterEach(() => void Reflect.set(globalThis, symbol, original));

describe("an answer whose headers take longer than fetch would wait", () => {
  it("is waited for", async () => {
    const sent: string[] = [];
    // Fetch's own patience, 5 minutes, as a second; and somebody's proxy, which is still used.
    const impatient = original.compose((dispatch) => (options, handler) => {
      sent.push("sent");
      return dispatch({ headersTimeout: 1_000, ...options }, handler);
    });
    Reflect.set(globalThis, symbol, impatient);
    finch.answer = (response) =>
      void setTimeout(() => response.end(JSON.stringify({ id: "c1", legal_name: "Acme" })), 2_600);
    const outcome = await getCompany(new TestCaller(), tokenOf("secret"), { entityId: "" });
    expect([outcome.kind, sent]).toEqual(["ok", ["sent"]]);
  });
});
