import { route } from "@/lib/web/route";

/** This process answers. Nothing else is asked. */
export const GET = route({ auth: "public", route: "/api/health" }, async () => ({ status: "ok" }));
