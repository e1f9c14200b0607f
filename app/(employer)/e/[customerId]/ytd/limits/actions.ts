"use server";

import { z } from "zod";
import { ConfirmLimitInput, confirmLimit } from "@/lib/domain/payroll/limits/confirm-limit";
import { action } from "@/lib/web/action";
import { employerContext } from "@/lib/web/context";

export const confirmLimitAction = action(
  ConfirmLimitInput.extend({ customerId: z.uuid() }),
  async ({ customerId, ...input }) => confirmLimit(await employerContext(customerId), input),
);
