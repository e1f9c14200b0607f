import { getReadiness } from "@/lib/web/readiness";
import { route } from "@/lib/web/route";

/** 200 once database, migrations, worker and, in local mode, the demo are there. */
export const GET = route({ auth: "public", route: "/api/health/ready" }, async () => {
  const readiness = await getReadiness();
  return Response.json(readiness, { status: readiness.ready ? 200 : 503 });
});
