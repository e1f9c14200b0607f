"use client";

import { Button, LinkButton } from "@/components/ui/button";
import { Copyable } from "@/components/ui/copyable";
import { ThreeParts } from "@/components/ui/three-parts";
import type { ConnectProblem } from "@/lib/domain/connections/connect-problems";
import { paths } from "@/lib/paths";
import { ConnectFeedback } from "./connect-feedback";
import { useConnectLauncher } from "./connect-launcher";
import { problemTexts } from "./problem-texts";

interface ConnectProblemViewProps {
  customerId: string;
  problem: ConnectProblem;
  connectionId: string | null;
  requestId: string | null;
  mayConnect: boolean;
}

function Again({ connectionId }: { connectionId: string | null }) {
  const { connect, repair, phase } = useConnectLauncher();
  return (
    <Button
      variant="primary"
      pending={phase !== "idle"}
      pendingLabel="Opening…"
      onClick={() => (connectionId ? repair(connectionId) : connect({ flow: "embedded" }))}
    >
      {connectionId ? "Reconnect" : "Connect again"}
    </Button>
  );
}

/** Why coming back from Finch made no connection: what happened, what it means, what to do, and the way on. */
export function ConnectProblemView({
  customerId,
  problem,
  connectionId,
  requestId,
  mayConnect,
}: ConnectProblemViewProps) {
  const { title, means, todo, next } = problemTexts[problem];
  const canGoOn = mayConnect && (next === "connect" || next === "reconnect");
  return (
    <div className="max-w-[680px]">
      <h1 className="mb-4">Not connected</h1>
      <ConnectFeedback />
      <ThreeParts what={`${title}.`} means={means} todo={todo} />
      {requestId ? (
        <p className="mt-4 flex flex-wrap items-center gap-2 text-xs text-secondary">
          Finch request <Copyable value={requestId} label="Finch request" />
        </p>
      ) : null}
      <div className="mt-5 flex flex-wrap gap-2">
        {canGoOn ? <Again connectionId={connectionId} /> : null}
        <LinkButton href={paths.connections(customerId)} variant={canGoOn ? "default" : "primary"}>
          Open connections
        </LinkButton>
      </div>
    </div>
  );
}
