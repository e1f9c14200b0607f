import { listProviders } from "@/lib/domain/connections/list-providers";
import { employerContext } from "@/lib/web/context";
import { route } from "@/lib/web/route";

/** The list of providers, asked for again until the worker has fetched it. */
export const GET = route({ route: "/api/e/[customerId]/connections/providers" }, async ({ params }) =>
  listProviders(await employerContext(params["customerId"] ?? "", { permission: "connection:connect" })),
);
