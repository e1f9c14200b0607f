import type { ActionResult } from "@/lib/client/action-result";
import type { RefreshQuotaView } from "@/lib/domain/connections/refresh-quota";

/** The deeds of the connection pages. Pages hand in their server actions, so that nothing here reaches into app/. */

export type ConnectFlow = "embedded" | "redirect";

/** Finch's sign-in is open; the nonce went into a cookie that no script reads. */
export interface OpenedConnect {
  kind: "opened";
  sessionId: string;
  flow: ConnectFlow;
  finchSessionId: string;
  connectUrl: string;
  state: string;
}

export interface ExistingConnection {
  kind: "exists";
  connectionId: string;
  providerName: string;
  disconnected: boolean;
}

type At<Input> = Input & { customerId: string };
type Deed<Input, Data> = (input: At<Input>) => Promise<ActionResult<Data>>;

export interface StartConnectChoice {
  flow: ConnectFlow;
  providerId?: string;
  authMethod?: "assisted";
}

export interface ConnectActions {
  startConnect: Deed<StartConnectChoice, OpenedConnect | ExistingConnection>;
  startReauthenticate: Deed<{ connectionId: string; flow: ConnectFlow }, OpenedConnect>;
  closeConnect: Deed<
    { sessionId: string; outcome: "closed" | "failed"; errorType?: string; errorMessage?: string },
    void
  >;
}

export interface ConnectionActions extends ConnectActions {
  requestSync: Deed<
    { connectionId: string },
    { runId: string; joined: boolean; refresh: RefreshQuotaView | null }
  >;
  cancelSync: Deed<{ connectionId: string; runId: string }, { cancelled: boolean }>;
  acceptHold: Deed<{ connectionId: string; holdId: string }, { runId: string }>;
  disconnect: Deed<{ connectionId: string; name: string }, void>;
}
