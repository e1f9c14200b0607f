"use server";

import { headers } from "next/headers";
import { revalidatePath } from "next/cache";
import { z } from "zod";
import { endOtherSessions, endOwnSession } from "@/lib/auth/own-sessions";
import { paths } from "@/lib/paths";
import { action } from "@/lib/web/action";
import { requireSession } from "@/lib/web/session";

const EndSessionInput = z.strictObject({ sessionId: z.uuid() });

/** Ends one of the caller's own sessions. */
export const endSessionAction = action(EndSessionInput, async ({ sessionId }, { user }) => {
  const { session } = await requireSession();
  await endOwnSession({ userId: user.id, sessionId: session.id }, sessionId);
  revalidatePath(paths.account());
});

/** Ends all of the caller's sessions but the one that asks. */
export const endOtherSessionsAction = action(z.strictObject({}), async (_input, { user }) => {
  const { session } = await requireSession();
  const userAgent = (await headers()).get("user-agent");
  const ended = await endOtherSessions({ userId: user.id, sessionId: session.id }, userAgent);
  revalidatePath(paths.account());
  return { ended };
});
