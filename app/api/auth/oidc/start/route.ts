import { z } from "zod";
import { beginOidc } from "@/lib/web/begin-oidc";
import { route } from "@/lib/web/route";

const StartQuery = z.strictObject({ callbackUrl: z.string().max(2000).optional() });

/** Signs in at the identity provider. */
export const GET = route(
  { auth: "public", schema: StartQuery, route: "/api/auth/oidc/start" },
  async ({ input, request }) =>
    beginOidc(request, { purpose: "sign-in", userId: null, callbackUrl: input.callbackUrl }),
);
