import { getQuotaState } from "@/lib/domain/quota/get-quota-state";
import { platformContext } from "@/lib/web/context";
import { route } from "@/lib/web/route";

/** What the gauges of the fleet page refetch. */
export const GET = route({ route: "/api/admin/quota" }, async () =>
  getQuotaState(await platformContext({ permission: "platform:read" })),
);
