import { z } from "zod";
import { standingAccounts, tellEntity } from "@/sandbox/accounts";
import type { World } from "@/sandbox/call";
import { setAccountStatus } from "@/sandbox/connections";
import { readJson, type Mount } from "@/sandbox/control/mount";
import { viewConnection, viewSession } from "@/sandbox/control/views";
import { openEntities } from "@/sandbox/entities";
import { notFound } from "@/sandbox/errors";
import { People, removePerson } from "@/sandbox/people";
import type { Connection, ConnectionStatus, Entity } from "@/sandbox/records";
import { settle, settleAll } from "@/sandbox/settle";
import { parseInput } from "@/sandbox/validate";

const StatusChange = z.strictObject({
  status: z.enum([
    "pending",
    "processing",
    "connected",
    "error_no_account_setup",
    "error_permissions",
    "reauth",
  ]),
  /** Only this entity; without it the whole connection. */
  entity_id: z.string().optional(),
});

const CodeEnd = z.strictObject({ code: z.string().min(1).max(200) });

/** @throws FinchError 404 */
export function requireConnection(world: World, id: string | undefined): Connection {
  const connection = world.store.connections.get(id ?? "");
  if (!connection) throw notFound(`No connection with id ${id} found`);
  return connection;
}

/** An entity may have a status that is not its login's; with its login's it has none of its own. */
function changeEntityStatus(
  world: World,
  connection: Connection,
  id: string,
  status: ConnectionStatus,
): void {
  const entity = openEntities(connection).find((row) => row.id === id);
  if (!entity) throw notFound(`No entity with id ${id} found`);
  const { status: _status, ...plain } = entity;
  const isOwn = standingAccounts(world, connection.id).some((account) => account.status !== status);
  const entities = connection.entities.map((row) =>
    row.id === id ? { ...plain, ...(isOwn ? { status } : {}) } : row,
  );
  world.store.connections.set(connection.id, { ...connection, entities });
  tellEntity(world, connection.id, id);
}

function changeStatus(world: World, connection: Connection, change: z.infer<typeof StatusChange>) {
  const { status, entity_id: entityId } = change;
  if (entityId === undefined) {
    for (const account of world.store.accounts.group(connection.id)) setAccountStatus(world, account, status);
  } else changeEntityStatus(world, connection, entityId, status);
  settle(world, connection.id);
  return viewConnection(world, requireConnection(world, connection.id));
}

/** Ends one code before its time, so that a test need not move the clock of everybody. */
function expireCode(world: World, value: string) {
  const code = world.store.codes.get(value);
  if (!code) throw notFound("No such code found");
  const expiresAt = world.clock.iso();
  world.store.codes.set(value, { ...code, expiresAt });
  return { expires_at: expiresAt };
}

/** Takes somebody out of the provider's directory; nobody is paid after that. A sync shows it. */
function remove(world: World, connection: Connection, individualId: string) {
  const knows = (entity: Entity) => new People(world, connection, entity, "working").find(individualId);
  const entity = connection.entities.find(knows);
  if (!entity) throw notFound(`No individual with id ${individualId} found`, "individual_not_found");
  removePerson(world, connection, individualId, {
    is_active: false,
    employment_status: "terminated",
    end_date: world.clock.iso().slice(0, 10),
  });
  return { individual_id: individualId, entity_id: entity.id };
}

function listConnections(world: World) {
  settleAll(
    world,
    world.store.connections.all().map((row) => row.id),
  );
  return world.store.connections.all().map((row) => viewConnection(world, row));
}

/** Connections, and what leads to them. */
export function mountConnections({ app, desk: { world }, guarded }: Mount): void {
  app.get(
    "/_sandbox/sessions",
    guarded(() => world.store.sessions.all().map(viewSession)),
  );
  app.get(
    "/_sandbox/connections",
    guarded(() => listConnections(world)),
  );
  app.put(
    "/_sandbox/connections/:id",
    guarded(async (c) => {
      const change = parseInput(StatusChange, await readJson(c));
      return changeStatus(world, requireConnection(world, c.req.param("id")), change);
    }),
  );
  app.delete(
    "/_sandbox/connections/:id/people/:individual_id",
    guarded((c) =>
      remove(world, requireConnection(world, c.req.param("id")), c.req.param("individual_id") ?? ""),
    ),
  );
  app.post(
    "/_sandbox/codes/expire",
    guarded(async (c) => expireCode(world, parseInput(CodeEnd, await readJson(c)).code)),
  );
}
