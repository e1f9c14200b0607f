"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { createContext, useContext, useRef, useState, type ReactNode } from "react";
import { notify } from "@/components/ui/toaster";
import type { ActionResult, ActionError } from "@/lib/client/action-result";
import { queryKeys, type QueryScope } from "@/lib/client/query-keys";
import { paths } from "@/lib/paths";
import type { ConnectProblem } from "@/lib/domain/connections/connect-problems";
import type {
  ConnectActions,
  ExistingConnection,
  OpenedConnect,
  StartConnectChoice,
  ConnectFlow,
} from "./connection-actions";
import { finishConnect } from "./finish-connect";
import { useFinchConnect } from "./use-finch-connect";

export type ConnectTrouble =
  | { kind: "refused"; error: ActionError }
  | {
      kind: "problem";
      problem: ConnectProblem;
      connectionId: string | null;
      requestId: string | null;
      detail?: string;
    }
  | { kind: "exists"; existing: ExistingConnection }
  /** With a code in hand it can be handed in again. */
  | { kind: "unreachable"; canRetry: boolean }
  | { kind: "signed-out" };

/** idle → starting → open → finishing → idle, or trouble at any point. */
export type ConnectPhase = "idle" | "starting" | "open" | "finishing";

interface Launcher {
  customerId: string;
  phase: ConnectPhase;
  /** What was pressed: a provider's or a connection's id, or "any". */
  target: string | null;
  trouble: ConnectTrouble | null;
  connect: (choice: StartConnectChoice) => void;
  repair: (connectionId: string, flow?: ConnectFlow) => void;
  /** Hands the last code in again, after the network failed. */
  retry: () => void;
  dismiss: () => void;
}

const LauncherContext = createContext<Launcher | null>(null);

export function useConnectLauncher(): Launcher {
  const launcher = useContext(LauncherContext);
  if (!launcher) throw new TypeError("useConnectLauncher needs a ConnectLauncher above it");
  return launcher;
}

export interface ConnectLauncherProps {
  scope: QueryScope;
  /** Origin of Finch Connect, from the server's environment. */
  connectOrigin: string;
  actions: ConnectActions;
  children: ReactNode;
}

/** One Finch Connect for a page, for whichever button is pressed. */
export function ConnectLauncher({ scope, connectOrigin, actions, children }: ConnectLauncherProps) {
  const { customerId } = scope;
  const router = useRouter();
  const queries = useQueryClient();
  const [phase, setPhase] = useState<ConnectPhase>("idle");
  const [target, setTarget] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<ConnectTrouble | null>(null);
  const opened = useRef<OpenedConnect | null>(null);
  const code = useRef<string | null>(null);
  const pressed = useRef<HTMLElement | null>(null);

  function end(next: ConnectTrouble | null) {
    setPhase("idle");
    setTarget(null);
    setTrouble(next);
    pressed.current?.focus();
  }

  async function finish() {
    const attempt = opened.current;
    if (!attempt || code.current === null) return;
    setPhase("finishing");
    const result = await finishConnect(code.current, attempt.state);
    if (result.kind === "unreachable") return end({ ...result, canRetry: true });
    if (result.kind !== "connected") return end(result);
    opened.current = null;
    await queries.invalidateQueries({ queryKey: queryKeys.scope(scope) });
    notify(
      result.reconnected
        ? { title: "Reconnected", detail: "A sync has started." }
        : { title: "Connected", detail: "The first sync has started." },
    );
    end(null);
    router.push(paths.connection(customerId, result.connectionId));
    router.refresh();
  }

  const openFrame = useFinchConnect(connectOrigin, {
    onSuccess(event) {
      const attempt = opened.current;
      // Success may arrive twice, and counts only with the state that this page sent; the SDK has closed the frame.
      if (!attempt || code.current !== null) return;
      if (event.state !== attempt.state) return leave("failed", "wrong_state");
      code.current = event.code;
      void finish();
    },
    onClose() {
      if (opened.current && code.current === null) leave("closed");
    },
    onError({ errorMessage, errorType }) {
      // Connect stays open where the person can still mend it there.
      if (opened.current && code.current === null && !document.getElementById("finch-connect-iframe")) {
        leave("failed", errorType, errorMessage);
      }
    },
  });

  function leave(outcome: "closed" | "failed", errorType?: string, errorMessage?: string) {
    const attempt = opened.current;
    if (!attempt) return;
    opened.current = null;
    void actions.closeConnect({
      customerId,
      sessionId: attempt.sessionId,
      outcome,
      ...(errorType ? { errorType } : {}),
      ...(errorMessage ? { errorMessage: errorMessage.slice(0, 300) } : {}),
    });
    const problem = outcome === "closed" ? "closed" : "connect_error";
    end({
      kind: "problem",
      problem,
      connectionId: null,
      requestId: null,
      ...(errorMessage ? { detail: errorMessage } : {}),
    });
  }

  async function begin(name: string, start: () => Promise<ActionResult<OpenedConnect | ExistingConnection>>) {
    if (phase !== "idle") return;
    pressed.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    setPhase("starting");
    setTarget(name);
    setTrouble(null);
    code.current = null;
    const result = await start().catch(() => null);
    if (!result) return end({ kind: "unreachable", canRetry: false });
    if (!result.ok)
      return end(
        result.error.code === "UNAUTHENTICATED"
          ? { kind: "signed-out" }
          : { kind: "refused", error: result.error },
      );
    if (result.data.kind === "exists") return end({ kind: "exists", existing: result.data });
    if (result.data.flow === "redirect") return window.location.assign(result.data.connectUrl);
    opened.current = result.data;
    if (await openFrame(result.data)) setPhase("open");
    else end({ kind: "unreachable", canRetry: false });
  }

  const launcher: Launcher = {
    customerId,
    phase,
    target,
    trouble,
    connect: (choice) =>
      void begin(choice.providerId ?? "any", () => actions.startConnect({ customerId, ...choice })),
    repair: (connectionId, flow = "embedded") =>
      void begin(connectionId, () => actions.startReauthenticate({ customerId, connectionId, flow })),
    retry: () => void finish(),
    dismiss: () => setTrouble(null),
  };
  return <LauncherContext value={launcher}>{children}</LauncherContext>;
}
