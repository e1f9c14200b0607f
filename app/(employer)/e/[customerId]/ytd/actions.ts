"use server";

import { z } from "zod";
import { DecideLinkInput, decideOnLink } from "@/lib/domain/payroll/links/decide-link";
import {
  changeOpeningBalance,
  createOpeningBalance,
  removeOpeningBalance,
} from "@/lib/domain/payroll/ytd/enter-opening";
import {
  ChangeOpeningInput,
  CreateOpeningInput,
  RemoveOpeningInput,
} from "@/lib/domain/payroll/ytd/opening-input";
import { action } from "@/lib/web/action";
import { employerContext } from "@/lib/web/context";

const at = { customerId: z.uuid() };

export const createOpeningAction = action(CreateOpeningInput.extend(at), async ({ customerId, ...input }) =>
  createOpeningBalance(await employerContext(customerId), {
    ...input,
    amountCents: String(input.amountCents),
  }),
);

export const changeOpeningAction = action(ChangeOpeningInput.extend(at), async ({ customerId, ...input }) =>
  changeOpeningBalance(await employerContext(customerId), {
    ...input,
    amountCents: String(input.amountCents),
  }),
);

export const removeOpeningAction = action(RemoveOpeningInput.extend(at), async ({ customerId, ...input }) =>
  removeOpeningBalance(await employerContext(customerId), input),
);

export const decideLinkAction = action(DecideLinkInput.extend(at), async ({ customerId, ...input }) =>
  decideOnLink(await employerContext(customerId), input),
);
