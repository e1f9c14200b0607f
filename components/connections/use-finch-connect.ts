"use client";

import type { ErrorEvent, FinchConnect, SuccessEvent } from "@tryfinch/react-connect";
import { useCallback, useEffect, useRef } from "react";

/**
 * Finch's SDK, made safe to use. Its hook fires nothing under StrictMode and it
 * takes messages from every origin that merely begins like Connect's; so it is
 * driven through its class, and a listener before its own drops every message
 * that is not from exactly that origin and exactly that frame (SECURITY 5).
 */

const messageName = "finch-auth-message-v2";
const frameId = "finch-connect-iframe";

export interface FinchConnectCallbacks {
  onSuccess: (event: SuccessEvent) => void;
  onError: (event: ErrorEvent) => void;
  onClose: () => void;
}

export interface OpenFinchConnect {
  finchSessionId: string;
  state: string;
}

const connectFrame = (): HTMLIFrameElement | null => {
  const element = document.getElementById(frameId);
  return element instanceof HTMLIFrameElement ? element : null;
};

/** Whether a message may be Connect's: anything else is none of the SDK's business. */
export function isGenuine(event: Pick<MessageEvent, "origin" | "source">, connectOrigin: string): boolean {
  const frame = connectFrame();
  return event.origin === connectOrigin && frame !== null && event.source === frame.contentWindow;
}

function isConnectMessage(data: unknown): boolean {
  return typeof data === "object" && data !== null && Reflect.get(data, "name") === messageName;
}

function nameFrame(): void {
  const frame = connectFrame();
  if (!frame) return;
  frame.title = "Finch Connect";
  frame.focus();
}

/** Opens Finch Connect over the page. `connectOrigin` comes from the server: no build knows it. */
export function useFinchConnect(connectOrigin: string, callbacks: FinchConnectCallbacks) {
  const latest = useRef(callbacks);
  const sdk = useRef<Promise<FinchConnect | null> | null>(null);

  useEffect(() => {
    latest.current = callbacks;
  });

  useEffect(() => {
    let isGone = false;
    let instance: FinchConnect | null = null;
    const guard = (event: MessageEvent) => {
      if (isConnectMessage(event.data) && !isGenuine(event, connectOrigin)) event.stopImmediatePropagation();
    };
    window.addEventListener("message", guard, true);
    sdk.current = import("@tryfinch/react-connect").then(({ FinchConnect: Sdk }) => {
      if (isGone) return null;
      instance = Sdk.initialize({
        onSuccess: (event) => latest.current.onSuccess(event),
        onError: (event) => latest.current.onError(event),
        onClose: () => latest.current.onClose(),
        apiConfig: { connectUrl: connectOrigin },
      });
      return instance;
    });
    return () => {
      isGone = true;
      instance?.destroy();
      window.removeEventListener("message", guard, true);
    };
  }, [connectOrigin]);

  return useCallback(async ({ finchSessionId, state }: OpenFinchConnect): Promise<boolean> => {
    const loaded = await sdk.current?.catch(() => null);
    if (!loaded) return false;
    loaded.open({ sessionId: finchSessionId, state });
    nameFrame();
    return true;
  }, []);
}
