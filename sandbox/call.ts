import type Finch from "@tryfinch/finch-api";
import type { Changes } from "@/sandbox/changes";
import type { Clock } from "@/sandbox/clock";
import type { Pending } from "@/sandbox/errors";
import type { Operation } from "@/sandbox/operations";
import type { SandboxClient, Settings } from "@/sandbox/options";
import type { Provider } from "@/sandbox/providers";
import type { AccessToken, Account, Connection, Entity } from "@/sandbox/records";
import type { Publisher } from "@/sandbox/publish";
import type { Settler } from "@/sandbox/settle";
import type { Store } from "@/sandbox/store";

/** What every part of the sandbox works with. */
export interface World {
  store: Store;
  clock: Clock;
  settings: Settings;
  /** What happens is told here, so that webhooks can be sent. */
  changes: Changes;
  /** What ends by the clock. */
  settlers: readonly Settler[];
  /** What a sync shows. */
  publishers: readonly Publisher[];
}

/** Whose token a request carries, and what it may see. */
export interface Caller {
  token: AccessToken;
  account: Account;
  connection: Connection;
  /** As this login sees it. */
  provider: Provider;
  /** The entity asked for, or the connection's first. */
  entity: Entity;
  operation: Operation;
}

/** One request to an operation, authenticated and parsed. */
export interface Call {
  world: World;
  operation: Operation;
  params: Record<string, string>;
  query: URLSearchParams;
  body: unknown;
  /** The Basic client; null for other kinds of authentication. */
  client: SandboxClient | null;
  /** Set for operations with a Bearer token. */
  caller: Caller | null;
  /** The `Authorization` header, for the operations that read it themselves. */
  authorization: string | null;
}

export interface BearerCall extends Call {
  caller: Caller;
}

export interface BasicCall extends Call {
  client: SandboxClient;
}

/** A result, or the 202 that stands for it, or a refused refresh. Everything else is thrown. */
export type Answer<T = unknown> =
  | { status: 200 | 201 | 202 | 207; body: T | Pending }
  | { status: 429; body: Finch.Jobs.AutomatedCreateResponse };

export type Handler<T = unknown> = (call: Call) => Answer<T>;

export const ok = <T>(body: T): Answer<T> => ({ status: 200, body });

/** A handler for an operation with a Bearer token. */
export function bearer<T>(handle: (call: BearerCall) => Answer<T>): Handler<T> {
  return (call) => {
    if (!call.caller) throw new Error(`${call.operation.id} is not marked as a Bearer operation`);
    return handle({ ...call, caller: call.caller });
  };
}

/** A handler for an operation with Basic authentication. */
export function basic<T>(handle: (call: BasicCall) => Answer<T>): Handler<T> {
  return (call) => {
    if (!call.client) throw new Error(`${call.operation.id} is not marked as a Basic operation`);
    return handle({ ...call, client: call.client });
  };
}
