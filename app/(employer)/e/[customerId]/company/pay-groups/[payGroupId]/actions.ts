"use server";

import { z } from "zod";
import {
  ChangePayDateInput,
  changePayDate,
  RemovePayDateInput,
  removePayDate,
} from "@/lib/domain/pay-groups/change-pay-date";
import { ConfirmPayDatesInput, confirmPayDates } from "@/lib/domain/pay-groups/confirm-pay-dates";
import { EnterPayDateInput, enterPayDate } from "@/lib/domain/pay-groups/enter-pay-date";
import { SkipPayDateInput, skipPayDate } from "@/lib/domain/pay-groups/skip-pay-date";
import { action } from "@/lib/web/action";
import { employerContext } from "@/lib/web/context";

const at = z.strictObject({ customerId: z.uuid() });

export const enterPayDateAction = action(
  at.extend(EnterPayDateInput.shape),
  async ({ customerId, ...input }) => enterPayDate(await employerContext(customerId), input),
);

export const changePayDateAction = action(
  at.extend(ChangePayDateInput.shape),
  async ({ customerId, ...input }) => changePayDate(await employerContext(customerId), input),
);

export const removePayDateAction = action(
  at.extend(RemovePayDateInput.shape),
  async ({ customerId, ...input }) => removePayDate(await employerContext(customerId), input),
);

export const confirmPayDatesAction = action(
  at.extend(ConfirmPayDatesInput.shape),
  async ({ customerId, ...input }) => confirmPayDates(await employerContext(customerId), input),
);

export const skipPayDateAction = action(at.extend(SkipPayDateInput.shape), async ({ customerId, ...input }) =>
  skipPayDate(await employerContext(customerId), input),
);
