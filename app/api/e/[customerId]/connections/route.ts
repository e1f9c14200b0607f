import { listConnections } from "@/lib/domain/connections/list-connections";
import { employerContext } from "@/lib/web/context";
import { route } from "@/lib/web/route";

/** What the cards refetch while something is on its way. */
export const GET = route({ route: "/api/e/[customerId]/connections" }, async ({ params }) =>
  listConnections(await employerContext(params["customerId"] ?? "", { permission: "connection:read" })),
);
