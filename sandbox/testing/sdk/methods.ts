import Finch from "@tryfinch/finch-api";

/** What the SDK does by itself, without a request: the parts of `webhooks.unwrap`. */
const withoutRequest = ["parseSecret", "signPayload", "assert", "timingSafeEqual", "verifySignature"].map(
  (name) => `webhooks.${name}`,
);

function namesIn(node: object, path: readonly string[]): string[] {
  return Object.entries(node).flatMap(([key, child]: [string, unknown]) => {
    if (typeof child !== "object" || child === null || !("_client" in child)) return [];
    const prototype: unknown = Object.getPrototypeOf(child);
    const own = Object.getOwnPropertyNames(prototype).filter((name) => name !== "constructor");
    return [...own.map((name) => [...path, key, name].join(".")), ...namesIn(child, [...path, key])];
  });
}

/** Every method of the official SDK that sends a request or reads one, found in its resources. */
export function sdkMethods(): string[] {
  const client = new Finch({ clientID: "", clientSecret: "", accessToken: "" });
  return namesIn(client, []).filter((name) => !withoutRequest.includes(name));
}
