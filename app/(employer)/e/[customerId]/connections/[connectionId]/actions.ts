"use server";

import { z } from "zod";
import { RevealBankNumberInput, revealBankNumber } from "@/lib/domain/reveal/reveal-bank-number";
import { action } from "@/lib/web/action";
import { employerContext } from "@/lib/web/context";

/** The only answer that a bank number is in; nothing keeps it. */
export const revealBankNumberAction = action(
  z.strictObject({ customerId: z.uuid() }).extend(RevealBankNumberInput.shape),
  async ({ customerId, ...input }) => revealBankNumber(await employerContext(customerId), input),
);
