import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll } from "vitest";
import { inScope } from "@/db/client";
import { loadVault } from "@/lib/domain/keys/customer-vault";
import { suppressionHmac } from "../suppressions";
import type { SyncWorld, TestConnection } from "../testing";

/** A door before the sandbox: it answers some requests itself, with what Finch may say and the sandbox does not. */

interface OwnAnswer {
  status: number;
  body: unknown;
  times: number;
}

const hopByHop = new Set(["host", "connection", "content-length", "content-encoding", "transfer-encoding"]);

async function pass(request: IncomingMessage, response: ServerResponse, target: string): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const headers = Object.entries(request.headers).flatMap(([name, value]) =>
    typeof value === "string" && !hopByHop.has(name) ? [[name, value] as const] : [],
  );
  const answer = await fetch(`${target}${request.url}`, {
    method: request.method ?? "GET",
    headers: Object.fromEntries(headers),
    ...(parts.length > 0 ? { body: Buffer.concat(parts) } : {}),
  });
  const given = [...answer.headers].filter(([name]) => !hopByHop.has(name));
  response.writeHead(answer.status, Object.fromEntries(given)).end(Buffer.from(await answer.arrayBuffer()));
}

/** Perch's requests of this test file go through a door; gives what sets its answers. */
export function useDoor(world: SyncWorld) {
  const answers = new Map<string, OwnAnswer>();
  let door: Server | undefined;
  beforeAll(async () => {
    door = createServer((request, response) => {
      const own = answers.get(`${request.method} ${(request.url ?? "").split("?")[0]}`);
      if (own && own.times > 0) {
        own.times -= 1;
        response.writeHead(own.status, { "content-type": "application/json" }).end(JSON.stringify(own.body));
      } else void pass(request, response, world.sandbox().url);
    });
    await new Promise<void>((resolve) => door?.listen(0, "127.0.0.1", resolve));
    const { port } = door.address() as AddressInfo;
    process.env["FINCH_BASE_URL"] = `http://127.0.0.1:${port}`;
  });
  afterEach(() => answers.clear());
  afterAll(() => door?.close());
  return (path: string, body: unknown, status = 200, times = 1) =>
    answers.set(`GET ${path}`, { status, body, times });
}

/** Leaves the entry that an erasure leaves (SECURITY 19). */
export async function erase(world: SyncWorld, connection: TestConnection, finchId: string): Promise<void> {
  const { ctx, customerId, connectionId } = connection;
  const hmac = await inScope(ctx, async (tx) =>
    suppressionHmac(await loadVault(tx, customerId), connectionId, finchId),
  );
  await world.rows("insert into suppressions (customer_id, connection_id, hmac) values ($1, $2, $3)", [
    customerId,
    connectionId,
    hmac,
  ]);
}

/** What tests of lists look at. */
export function look(world: SyncWorld) {
  return {
    step: (runId: string, name: string) =>
      world.row<Record<string, unknown>>(
        "select status, outcome, message, requests, done, item_errors from sync_steps where run_id = $1 and name = $2",
        [runId, name],
      ),
    rows: (table: string, { connectionId }: TestConnection, columns: string) =>
      world.rows<Record<string, unknown>>(
        `select ${columns} from ${table} where connection_id = $1 and deleted_at is null order by 1`,
        [connectionId],
      ),
    holds: ({ connectionId }: TestConnection) =>
      world.rows(
        `select product, finch_id, rows, resolved_at is null as open from sync_holds where connection_id = $1 order by created_at`,
        [connectionId],
      ),
    accept: ({ connectionId }: TestConnection) =>
      world.rows("update sync_holds set accepted_at = now() where connection_id = $1", [connectionId]),
    itemErrors: ({ connectionId }: TestConnection) =>
      world.rows(
        "select product, finch_id, code, finch_code from item_errors where connection_id = $1 order by 2",
        [connectionId],
      ),
    /** Finch's own answer. */
    finch: <T>({ accessToken }: TestConnection, path: string) =>
      world.finch<T>("GET", `/employer/${path}`, undefined, accessToken),
    /** Rows of these tables that name somebody anywhere. */
    naming: async ({ connectionId }: TestConnection, finchId: string, tables: readonly string[]) => {
      const found = await Promise.all(
        tables.map((table) =>
          world.rows(`select 1 from ${table} t where connection_id = $1 and strpos(t::text, $2) > 0`, [
            connectionId,
            finchId,
          ]),
        ),
      );
      return tables.filter((_table, index) => (found[index] ?? []).length > 0);
    },
  };
}

export const byId = <T>(rows: readonly T[], id: (row: T) => string) =>
  [...rows].sort((left, right) => (id(left) < id(right) ? -1 : 1));
