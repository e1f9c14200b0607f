import { z } from "zod";
import { paths } from "@/lib/paths";
import { beginOidc, seeOther } from "@/lib/web/begin-oidc";
import { route } from "@/lib/web/route";
import { getSession } from "@/lib/web/session";

const StepUpQuery = z.strictObject({ callbackUrl: z.string().max(2000).optional() });

/** Asks the identity provider to have the signed-in person sign in there anew. */
export const GET = route(
  { auth: "public", schema: StepUpQuery, route: "/api/auth/oidc/step-up" },
  async ({ input: { callbackUrl }, request }) => {
    const session = await getSession();
    if (!session) return seeOther(paths.signIn(callbackUrl));
    return beginOidc(request, { purpose: "step-up", userId: session.user.id, callbackUrl });
  },
);
