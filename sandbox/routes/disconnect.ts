import { bearer, ok, type Handler } from "@/sandbox/call";
import { disconnect } from "@/sandbox/connections";

/** Ends the connection: every token of it is refused from now on (Finch: Disconnect). */
const end = bearer(({ world, caller }) => {
  disconnect(world, caller.connection);
  return ok({ status: "success" });
});

export const disconnectRoutes: Record<string, Handler> = { "POST /disconnect": end };
