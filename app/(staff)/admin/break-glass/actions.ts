"use server";

import { BreakGlassSsnInput, breakGlassSsn } from "@/lib/domain/reveal/break-glass-ssn";
import { action } from "@/lib/web/action";
import { platformContext } from "@/lib/web/context";

/** One SSN of any employer; the employer's administrators hear of it at once. */
export const breakGlassAction = action(BreakGlassSsnInput, async (input) =>
  breakGlassSsn(await platformContext(), input),
);
