import { z } from "zod";
import { bearer, ok } from "@/sandbox/call";
import { disconnect, disconnectEntities } from "@/sandbox/connections";
import { openEntities } from "@/sandbox/entities";
import { EntitiesNotFound, FinchError } from "@/sandbox/errors";
import type { Result, Routes } from "@/sandbox/results";

const Entities = z.object({ entity_ids: z.array(z.uuid()).min(1) });

/** Ends the connection: every token of it is refused from now on (Finch: Disconnect). */
const end = bearer<Result<"POST /disconnect">>(({ world, caller }) => {
  disconnect(world, caller.connection);
  return ok({ status: "success" });
});

/**
 * Ends the sharing of some entities; the others and the tokens go on (Finch: Disconnect Entity). All of them or
 * none: 400 with a list of those that the connection does not have, or BadRequestError where the body is wrong.
 */
const endEntities = bearer<Result<"POST /disconnect-entity">>(({ world, caller, body }) => {
  const input = Entities.safeParse(body);
  if (!input.success) {
    throw new FinchError(400, "BadRequestError", "entity_ids has to be a list of one or more UUIDs");
  }
  const asked = new Set(input.data.entity_ids.map((id) => id.toLowerCase()));
  const known = new Set(openEntities(caller.connection).map((entity) => entity.id));
  const missing = [...asked].filter((id) => !known.has(id));
  if (missing.length > 0) throw new EntitiesNotFound(missing);
  disconnectEntities(world, caller.connection, asked);
  return ok({ status: "success" });
});

export const disconnectRoutes = {
  "POST /disconnect": end,
  "POST /disconnect-entity": endEntities,
} satisfies Routes;
