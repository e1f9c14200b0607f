"use server";

import { z } from "zod";
import {
  RequestW4SyncInput,
  requestW4Sync,
  StopW4SyncInput,
  stopW4Sync,
} from "@/lib/domain/documents/request-w4-sync";
import { action } from "@/lib/web/action";
import { employerContext } from "@/lib/web/context";

const at = z.strictObject({ customerId: z.uuid() });

export const requestW4SyncAction = action(
  at.extend(RequestW4SyncInput.shape),
  async ({ customerId, ...input }) => requestW4Sync(await employerContext(customerId), input),
);

export const stopW4SyncAction = action(at.extend(StopW4SyncInput.shape), async ({ customerId, ...input }) =>
  stopW4Sync(await employerContext(customerId), input),
);
