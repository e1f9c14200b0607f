import { getConnection } from "@/lib/domain/connections/get-connection";
import { employerContext } from "@/lib/web/context";
import { route } from "@/lib/web/route";

/** What a connection's page refetches while its sync runs. */
export const GET = route({ route: "/api/e/[customerId]/connections/[connectionId]" }, async ({ params }) => {
  const ctx = await employerContext(params["customerId"] ?? "", { permission: "connection:read" });
  return getConnection(ctx, params["connectionId"] ?? "");
});
