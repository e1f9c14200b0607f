"use client";

import type { ReactNode } from "react";
import { Banner } from "@/components/ui/banner";
import { Button, LinkButton } from "@/components/ui/button";
import { Spinner } from "@/components/ui/spinner";
import { paths } from "@/lib/paths";
import { useConnectLauncher, type ConnectTrouble } from "./connect-launcher";
import { problemTexts, type ProblemText } from "./problem-texts";

const phaseTexts = {
  idle: "",
  starting: "Opening Finch Connect…",
  open: "Finch Connect is open.",
  finishing: "Finishing the connection. This takes a few seconds; stay on this page.",
};

function ProblemActions({ text, connectionId }: { text: ProblemText; connectionId: string | null }) {
  const { customerId, connect, repair, phase } = useConnectLauncher();
  const busy = phase !== "idle";
  const again = (
    <Button variant="primary" disabled={busy} onClick={() => connect({ flow: "embedded" })}>
      Connect again
    </Button>
  );
  if (text.next === "none") return null;
  if (text.next === "reconnect" && connectionId) {
    return (
      <Button variant="primary" disabled={busy} onClick={() => repair(connectionId)}>
        Reconnect
      </Button>
    );
  }
  if (text.next === "open")
    return <LinkButton href={paths.connections(customerId)}>Open connections</LinkButton>;
  if (text.next === "retry") return <RetryButton />;
  return connectionId ? <Button onClick={() => repair(connectionId)}>Reconnect</Button> : again;
}

function RetryButton() {
  const { retry } = useConnectLauncher();
  return (
    <Button variant="primary" onClick={retry}>
      Try again
    </Button>
  );
}

interface TroubleBannerProps {
  title: string;
  means: string;
  todo: string;
  requestId?: string | null;
  detail?: ReactNode;
  quiet?: boolean;
  actions?: ReactNode;
}

function TroubleBanner({ title, means, todo, requestId, detail, quiet, actions }: TroubleBannerProps) {
  const { dismiss } = useConnectLauncher();
  return (
    <Banner
      tone={quiet ? "neutral" : "attention"}
      role="alert"
      title={title}
      means={means}
      todo={todo}
      {...(requestId ? { requestId } : {})}
      actions={
        <>
          {actions}
          <Button variant="ghost" onClick={dismiss}>
            Dismiss
          </Button>
        </>
      }
    >
      {detail}
    </Banner>
  );
}

function Exists({ trouble }: { trouble: Extract<ConnectTrouble, { kind: "exists" }> }) {
  const { customerId, repair } = useConnectLauncher();
  const { connectionId, providerName, disconnected } = trouble.existing;
  if (disconnected) {
    return (
      <TroubleBanner
        title={`${providerName} is still being disconnected`}
        means="Finch has not confirmed the end of the earlier connection yet, so it opens no new one."
        todo="Try again in a minute."
      />
    );
  }
  return (
    <TroubleBanner
      title={`${providerName} is connected already`}
      means="Finch knows this account as one of this employer’s connections; a second one is not needed."
      todo="Reconnect it, or open it to see how it is doing."
      actions={
        <>
          <LinkButton href={paths.connection(customerId, connectionId)}>Open {providerName}</LinkButton>
          <Button variant="primary" onClick={() => repair(connectionId)}>
            Reconnect {providerName}
          </Button>
        </>
      }
    />
  );
}

function Trouble({ trouble }: { trouble: ConnectTrouble }) {
  switch (trouble.kind) {
    case "exists":
      return <Exists trouble={trouble} />;
    case "problem": {
      const text = problemTexts[trouble.problem];
      return (
        <TroubleBanner
          {...text}
          requestId={trouble.requestId}
          detail={trouble.detail ? `Finch Connect said: ${trouble.detail}` : undefined}
          quiet={trouble.problem === "closed"}
          actions={<ProblemActions text={text} connectionId={trouble.connectionId} />}
        />
      );
    }
    case "refused":
      return (
        <TroubleBanner
          title="Finch Connect could not be opened"
          means={trouble.error.message}
          todo="Try again in a moment. Nothing was changed."
          requestId={trouble.error.requestId ?? null}
        />
      );
    case "signed-out":
      return (
        <TroubleBanner
          title="You were signed out"
          means="Sessions end after some hours without use. Nothing was connected."
          todo="Sign in again and press Connect once more."
          actions={<LinkButton href={paths.signIn()}>Sign in</LinkButton>}
        />
      );
    case "unreachable":
      return (
        <TroubleBanner
          title="Perch could not be reached"
          means={
            trouble.canRetry
              ? "You signed in, and the connection is not finished yet. Your sign-in is kept while this page is open."
              : "The request did not get through, or Finch Connect could not be loaded. Nothing was changed."
          }
          todo="Check the network, then try again."
          actions={trouble.canRetry ? <RetryButton /> : undefined}
        />
      );
  }
}

/** Where the page says how connecting goes: one line while it runs, a banner where it did not work. */
export function ConnectFeedback() {
  const { phase, trouble } = useConnectLauncher();
  return (
    <>
      <p role="status" className={phase === "finishing" ? "mb-4 flex items-center gap-2 text-sm" : "sr-only"}>
        {phase === "finishing" ? <Spinner /> : null}
        {phaseTexts[phase]}
      </p>
      {trouble ? (
        <div className="mb-[18px]">
          <Trouble trouble={trouble} />
        </div>
      ) : null}
    </>
  );
}
