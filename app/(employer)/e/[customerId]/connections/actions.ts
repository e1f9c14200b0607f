"use server";

import { z } from "zod";
import { AcceptHoldInput, acceptHold } from "@/lib/domain/connections/accept-hold";
import { CancelSyncInput, cancelSync } from "@/lib/domain/connections/cancel-sync";
import { CloseConnectInput, closeConnect } from "@/lib/domain/connections/close-connect";
import {
  DisconnectConnectionInput,
  disconnectConnection,
} from "@/lib/domain/connections/disconnect-connection";
import { RequestSyncInput, requestSync } from "@/lib/domain/connections/request-sync";
import { StartConnectInput, startConnect } from "@/lib/domain/connections/start-connect";
import { StartReauthenticateInput, startReauthenticate } from "@/lib/domain/connections/start-reauthenticate";
import type { OpenedAttempt } from "@/lib/domain/connections/open-attempt";
import { action } from "@/lib/web/action";
import { bindAttempt } from "@/lib/web/connect-cookie";
import { employerContext } from "@/lib/web/context";

const at = z.strictObject({ customerId: z.uuid() });

/** Puts the nonce into the cookie; the page gets everything else. */
async function bind({ nonce, ...opened }: OpenedAttempt) {
  await bindAttempt({ state: opened.state, nonce });
  return opened;
}

export const startConnectAction = action(
  at.extend(StartConnectInput.shape),
  async ({ customerId, ...input }) => {
    const started = await startConnect(await employerContext(customerId), input);
    return started.kind === "exists" ? started : bind(started);
  },
);

export const startReauthenticateAction = action(
  at.extend(StartReauthenticateInput.shape),
  async ({ customerId, ...input }) =>
    bind(await startReauthenticate(await employerContext(customerId), input)),
);

export const closeConnectAction = action(
  at.extend(CloseConnectInput.shape),
  async ({ customerId, ...input }) => closeConnect(await employerContext(customerId), input),
);

export const requestSyncAction = action(at.extend(RequestSyncInput.shape), async ({ customerId, ...input }) =>
  requestSync(await employerContext(customerId), input),
);

export const cancelSyncAction = action(at.extend(CancelSyncInput.shape), async ({ customerId, ...input }) =>
  cancelSync(await employerContext(customerId), input),
);

export const acceptHoldAction = action(at.extend(AcceptHoldInput.shape), async ({ customerId, ...input }) =>
  acceptHold(await employerContext(customerId), input),
);

export const disconnectConnectionAction = action(
  at.extend(DisconnectConnectionInput.shape),
  async ({ customerId, ...input }) => disconnectConnection(await employerContext(customerId), input),
);
