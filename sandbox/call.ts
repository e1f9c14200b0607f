import type { Changes } from "@/sandbox/changes";
import type { Clock } from "@/sandbox/clock";
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

export interface Answer {
  status: 200 | 201 | 202 | 207 | 429;
  body: unknown;
}

export type Handler = (call: Call) => Answer;

export const ok = (body: unknown): Answer => ({ status: 200, body });

/** A handler for an operation with a Bearer token. */
export function bearer(handle: (call: BearerCall) => Answer): Handler {
  return (call) => {
    if (!call.caller) throw new Error(`${call.operation.id} is not marked as a Bearer operation`);
    return handle({ ...call, caller: call.caller });
  };
}

/** A handler for an operation with Basic authentication. */
export function basic(handle: (call: BasicCall) => Answer): Handler {
  return (call) => {
    if (!call.client) throw new Error(`${call.operation.id} is not marked as a Basic operation`);
    return handle({ ...call, client: call.client });
  };
}
