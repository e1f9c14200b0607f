"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Banner } from "@/components/ui/banner";
import { Button, LinkButton } from "@/components/ui/button";
import { ConfirmInPlace } from "@/components/ui/confirm-in-place";
import { Section } from "@/components/ui/section";
import { ProgressBar } from "@/components/ui/step-progress";
import { notify } from "@/components/ui/toaster";
import type { ActionResult } from "@/lib/client/action-result";
import type { W4StateView } from "@/lib/domain/documents/w4-state";
import { formatInstant } from "@/lib/format/dates";
import { formatCount, formatNumber } from "@/lib/format/money";
import { paths } from "@/lib/paths";
import { obstacleWords, statusWords } from "./w4-words";
import { W4Failures } from "./w4-failures";

interface W4PanelProps {
  customerId: string;
  state: W4StateView;
  zone: string;
  now: Date;
  request: (input: {
    customerId: string;
    connectionId: string;
    people: "missing" | "all";
  }) => Promise<ActionResult<{ joined: boolean; people: number }>>;
  stop: (input: { customerId: string; connectionId: string }) => Promise<ActionResult<void>>;
}

/** How often the page looks again while Finch is at work. */
const lookMs = 4_000;

/** Of one connection: whose forms are here, what was asked of Finch and how far that is, and what may be asked. */
export function W4Panel({ customerId, state, zone, now, request, stop }: W4PanelProps) {
  const { source, obstacle, people, withForm, sync, maySync, mayReconnect } = state;
  const router = useRouter();
  const [pending, setPending] = useState<"missing" | "all" | null>(null);
  const isOpen = sync !== null && sync.finishedAt === null;
  const missing = people - withForm;
  const place = { customerId, connectionId: source.id };

  useEffect(() => {
    if (!isOpen) return;
    const timer = window.setInterval(() => {
      if (document.visibilityState === "visible") router.refresh();
    }, lookMs);
    return () => window.clearInterval(timer);
  }, [isOpen, router]);

  async function ask(whom: "missing" | "all") {
    setPending(whom);
    const result = await request({ ...place, people: whom });
    setPending(null);
    if (result.ok)
      notify({
        tone: "waiting",
        title: result.data.joined ? "Finch is being asked already" : "Finch is asked now",
        detail: `One by one, for ${formatCount(result.data.people, "person", "people")}.`,
      });
    else notify({ tone: "failing", title: "Nothing was asked", detail: result.error.message });
    router.refresh();
  }

  const canAsk = maySync && obstacle === null && !isOpen;
  return (
    <Section
      title={`W-4 forms at ${source.providerName}`}
      note={
        withForm === 0 && obstacle !== null
          ? undefined
          : `${formatNumber(withForm)} of ${formatCount(people, "person", "people")} who file one`
      }
      aside={
        canAsk ? (
          <span className="flex flex-wrap gap-2">
            {missing > 0 ? (
              <Button
                size="sm"
                variant="primary"
                pending={pending === "missing"}
                onClick={() => void ask("missing")}
              >
                Fetch the {formatNumber(missing)} missing
              </Button>
            ) : null}
            {withForm > 0 ? (
              <Button size="sm" pending={pending === "all"} onClick={() => void ask("all")}>
                Fetch all again
              </Button>
            ) : null}
          </span>
        ) : null
      }
    >
      {obstacle ? (
        <Banner
          className="mt-3"
          headingLevel={3}
          tone={obstacle === "action_needed" ? "attention" : "neutral"}
          title={obstacleWords[obstacle].title(source.providerName)}
          means={obstacleWords[obstacle].means}
          todo={obstacleWords[obstacle].todo}
          actions={
            mayReconnect && obstacleWords[obstacle].byReconnecting ? (
              <LinkButton href={paths.connection(customerId, source.id)}>
                Reconnect {source.providerName}
              </LinkButton>
            ) : null
          }
        />
      ) : null}
      {sync ? (
        <div className="grid gap-2 py-3 text-sm">
          <p role="status" className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            <span className="font-medium">{statusWords(sync)}</span>
            <span className="text-muted">
              asked {formatInstant(sync.createdAt, zone, { now })}
              {sync.retryAt && isOpen && sync.retryAt.getTime() > now.getTime()
                ? `, goes on ${formatInstant(sync.retryAt, zone, { now, seconds: true })}`
                : null}
            </span>
            {isOpen && maySync ? (
              <ConfirmInPlace
                className="ml-auto"
                label="Stop"
                question="Stop asking? What Finch fetched stays."
                confirmLabel="Stop it"
                keepLabel="Go on"
                onConfirm={async () => {
                  const result = await stop(place);
                  if (!result.ok) return result.error.message;
                  router.refresh();
                }}
              />
            ) : null}
          </p>
          {isOpen ? (
            <ProgressBar
              value={sync.total === 0 ? 0 : (sync.total - sync.waiting - sync.asked / 2) / sync.total}
              label={`${formatNumber(sync.total - sync.waiting)} of ${formatCount(sync.total, "person", "people")} asked for`}
            />
          ) : null}
          {sync.message ? <p className="text-secondary">{sync.message}</p> : null}
          <W4Failures customerId={customerId} sync={sync} />
        </div>
      ) : obstacle === null ? (
        <p className="py-3 text-sm text-secondary">
          Finch fetches W-4 forms only when it is asked to, person by person. Nobody has asked yet.
        </p>
      ) : null}
    </Section>
  );
}
