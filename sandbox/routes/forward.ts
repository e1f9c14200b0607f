import type Finch from "@tryfinch/finch-api";
import { z } from "zod";
import { checkLogin } from "@/sandbox/auth";
import { bearer, ok, type BearerCall, type Caller } from "@/sandbox/call";
import { invalidRequest, notImplemented } from "@/sandbox/errors";
import type { ProviderRequest } from "@/sandbox/forward/messages";
import { answerOf } from "@/sandbox/forward/provider-api";
import { companyOf, workingPeople, writePerson } from "@/sandbox/people";
import type { Result, Routes } from "@/sandbox/results";
import { parseInput } from "@/sandbox/validate";

/** Values of any kind, as Finch's document has them. */
const Free = z.record(z.string(), z.unknown()).nullish();

const Forward = z.object({
  method: z.string().regex(/^(get|post|put|patch|delete)$/i, "has to be GET, POST, PUT, DELETE or PATCH"),
  route: z
    .string()
    .max(4_000)
    .regex(/^\/(?!\/)\S*$/, "has to be a path of the provider, from / on"),
  params: Free,
  data: z.string().nullish(),
  request_headers: Free,
  // What the reference calls request_headers is `headers` in Finch's guide and older clients.
  headers: Free,
});

/** Only some providers, and only logins of some kinds, can be reached (Finch: Request Forwarding). */
function requireForwarding({ provider, account }: Caller): void {
  const methods = provider.forwarding;
  if (!methods) throw notImplemented(`Finch does not forward requests to ${provider.display_name}`);
  if (!methods.includes(account.authenticationType)) {
    const wanted = methods.join(" or ");
    throw notImplemented(
      `Finch forwards requests to ${provider.display_name} for connections by ${wanted} only`,
    );
  }
}

/** Free values as they go to the provider: null leaves one out, what is no text goes as JSON. */
const texts = (values: Record<string, unknown> | null | undefined): [name: string, text: string][] =>
  Object.entries(values ?? {})
    .filter(([, value]) => value !== null)
    .map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]);

function toProviderRequest(input: z.infer<typeof Forward>): ProviderRequest {
  const [path = "", search = ""] = input.route.split("?", 2);
  const params = new URLSearchParams(search);
  for (const [name, value] of texts(input.params)) params.set(name, value);
  const headers = texts(input.request_headers ?? input.headers);
  return {
    method: input.method.toUpperCase(),
    path: decodePath(path),
    params,
    headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
    data: input.data ?? null,
  };
}

function decodePath(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    throw invalidRequest("Invalid request: route: is not valid");
  }
}

function ask(call: BearerCall, request: ProviderRequest) {
  const { world, caller } = call;
  const { connection, entity } = caller;
  return answerOf(request, {
    company: companyOf(world, connection, entity, "working"),
    people: workingPeople(world, caller),
    write: (id, values) => writePerson(world, connection, id, values),
  });
}

/**
 * Hands a request to the provider's own API, which here is a small one in this process (Finch: Request
 * Forwarding). A provider's failure is a 200 with its status in `statusCode`; `data` is a string in any format.
 * Errors: 400 where the route is no path, 501 for providers and logins that cannot be reached, 401, 403.
 */
const forward = bearer<Result<"POST /forward">>((call) => {
  const input = parseInput(Forward, call.body);
  const pending = checkLogin(call.caller);
  if (pending) return { status: 202, body: pending };
  requireForwarding(call.caller);
  const { statusCode, headers, data } = ask(call, toProviderRequest(input));
  const sent = input.request_headers ?? input.headers;
  const date = new Date(call.world.clock.now()).toUTCString();
  const request = {
    method: input.method,
    route: input.route,
    // Only texts come back in Finch's document.
    headers: sent ? Object.fromEntries(texts(sent)) : null,
    params: input.params ?? null,
    data: input.data ?? null,
  };
  return ok({
    request,
    headers: { date, ...headers },
    statusCode,
    data,
  } satisfies Finch.RequestForwardingForwardResponse);
});

export const forwarding = { "POST /forward": forward } satisfies Routes;
