import "server-only";
import { unstable_rethrow } from "next/navigation";
import { z } from "zod";
import { DomainError } from "@/lib/domain/errors";
import { BodyTooLargeError, readJson } from "./body";
import { isNextNotFound, toWebError, type WebError } from "./errors";
import { requireSameOrigin } from "./origin";
import { getSession, renewSessionIfDue, type SessionUser } from "./session";

/**
 * The only door for route handlers: session, origin, a strict input, body limit, problem+json, nothing cached.
 */

const safeMethods = new Set(["GET", "HEAD"]);
const jsonLimitBytes = 1_000_000;
const noStore = "private, no-store";

type Params = Record<string, string>;
interface RouteContext {
  params: Promise<Params>;
}

interface RouteOptions<Schema extends z.ZodType, Auth extends "session" | "public"> {
  /** session (the default): answers 401 without one. */
  auth?: Auth;
  /** Query of GET and HEAD, else the JSON body: a `z.strictObject`. Left out: no input. */
  schema?: Schema;
  /** "same" (the default) for methods that change something; "any" only where a signature replaces it. */
  origin?: "same" | "any";
  maxBytes?: number;
  /** The pattern of the path, for the log. */
  route?: string;
}

interface RouteCall<Schema extends z.ZodType, User> {
  input: z.output<Schema>;
  params: Params;
  user: User;
  request: Request;
}

type User<Auth extends "session" | "public"> = Auth extends "session" ? SessionUser : null;

function problem({ status, code, message, ...rest }: WebError): Response {
  const titles: Record<number, string> = {
    401: "Signed out",
    403: "Not allowed",
    404: "Not found",
    413: "Too large",
    429: "Too many requests",
  };
  const headers = new Headers({ "content-type": "application/problem+json", "cache-control": noStore });
  if (rest.retryAfterSeconds) headers.set("retry-after", String(rest.retryAfterSeconds));
  return Response.json(
    {
      type: "about:blank",
      title: titles[status] ?? "Request failed",
      status,
      code,
      detail: message,
      ...rest,
    },
    { status, headers },
  );
}

function toProblem(error: unknown, route: string | undefined, userId: string | undefined): Response {
  if (error instanceof BodyTooLargeError) {
    const message = `The request is too large: at most ${Math.floor(error.limitBytes / 1000)} kB are accepted.`;
    return problem({ status: 413, code: "INVALID", message });
  }
  return problem(toWebError(error, { ...(route ? { route } : {}), ...(userId ? { userId } : {}) }));
}

/** Which of two values counts is nobody's guess: whoever stands in front may have read the other one. */
function readQuery(query: URLSearchParams): Record<string, string> {
  const values = Object.fromEntries(query);
  const repeated = Object.keys(values).find((name) => query.getAll(name).length > 1);
  if (!repeated) return values;
  throw new DomainError("INVALID", "The address names one thing twice.", { field: repeated });
}

async function readInput(
  request: Request,
  options: RouteOptions<z.ZodType, "session" | "public">,
): Promise<unknown> {
  if (!options.schema) return {};
  if (safeMethods.has(request.method)) return readQuery(new URL(request.url).searchParams);
  return readJson(request, options.maxBytes ?? jsonLimitBytes);
}

/** A route handler. What it returns is sent as JSON, or as it is where it is a Response. */
export function route<Schema extends z.ZodType = z.ZodUnknown, Auth extends "session" | "public" = "session">(
  options: RouteOptions<Schema, Auth>,
  handler: (call: RouteCall<Schema, User<Auth>>) => Promise<unknown>,
) {
  return async (request: Request, context: RouteContext): Promise<Response> => {
    let userId: string | undefined;
    try {
      if (!safeMethods.has(request.method) && options.origin !== "any") {
        requireSameOrigin(request.headers.get("origin"));
      }
      const session = options.auth === "public" ? null : await getSession();
      userId = session?.user.id;
      if (options.auth !== "public" && !session) {
        throw new DomainError("UNAUTHENTICATED", "You are signed out. Sign in again to go on.");
      }
      if (session) await renewSessionIfDue(session);
      const input = (options.schema ?? z.unknown()).parse(await readInput(request, options));
      const result = await handler({
        input: input as z.output<Schema>,
        params: await context.params,
        user: (session?.user ?? null) as User<Auth>,
        request,
      });
      return withNoStore(result instanceof Response ? result : Response.json(result ?? null));
    } catch (error) {
      if (!isNextNotFound(error)) unstable_rethrow(error);
      return toProblem(error, options.route, userId);
    }
  };
}

function withNoStore(response: Response): Response {
  if (!response.headers.has("cache-control")) response.headers.set("cache-control", noStore);
  return response;
}
