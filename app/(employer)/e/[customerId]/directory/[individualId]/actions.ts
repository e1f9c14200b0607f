"use server";

import { z } from "zod";
import { RevealSsnInput, revealSsn } from "@/lib/domain/reveal/reveal-ssn";
import { action } from "@/lib/web/action";
import { employerContext } from "@/lib/web/context";

/** The only answer that an SSN is in; nothing keeps it. */
export const revealSsnAction = action(
  z.strictObject({ customerId: z.uuid() }).extend(RevealSsnInput.shape),
  async ({ customerId, ...input }) => revealSsn(await employerContext(customerId), input),
);
