"use client";

import { Banner } from "@/components/ui/banner";
import { Button, LinkButton } from "@/components/ui/button";
import type { Tone } from "@/components/ui/tone";
import type { ShapeName } from "@/components/ui/status-shape";
import { statusLooks } from "@/components/ui/status-chip";
import { formatInstant } from "@/lib/format/dates";
import { paths } from "@/lib/paths";
import type { ConnectionDetailView } from "@/lib/domain/connections/views";
import { useConnectLauncher } from "./connect-launcher";

interface CauseBannerProps {
  connection: ConnectionDetailView;
  mayConnectNew: boolean;
  syncPending: boolean;
  onSync: () => void;
}

const quiet = new Set<ConnectionDetailView["status"]>(["healthy", "syncing"]);

function Deed({ connection, mayConnectNew, syncPending, onSync }: CauseBannerProps) {
  const { repair, phase, customerId } = useConnectLauncher();
  const { remedy, may, id, providerName, isBusy } = connection;
  if ((remedy?.action === "reconnect" || remedy?.action === "provider") && may.connect) {
    return (
      <Button
        variant="primary"
        aria-label={`Reconnect ${providerName}`}
        pending={phase !== "idle"}
        pendingLabel="Opening…"
        onClick={() => repair(id)}
      >
        Reconnect
      </Button>
    );
  }
  if (remedy?.action === "sync" && may.sync && !isBusy) {
    return (
      <Button variant="primary" pending={syncPending} onClick={onSync}>
        Sync now
      </Button>
    );
  }
  if (remedy?.action === "connect" && mayConnectNew) {
    return (
      <LinkButton href={`${paths.connectNew(customerId)}?q=${encodeURIComponent(providerName)}`}>
        Connect again
      </LinkButton>
    );
  }
  return null;
}

/** Where the reader may not do what is needed, it says who may. */
function todoOf({ connection, mayConnectNew }: CauseBannerProps): string | undefined {
  const { remedy, may } = connection;
  if (!remedy) return undefined;
  if (remedy.action === "connect") return mayConnectNew ? remedy.text : undefined;
  const repairs = remedy.action === "reconnect" || remedy.action === "provider";
  if ((repairs && !may.connect) || (remedy.action === "sync" && !may.sync)) {
    return `${remedy.text} An administrator of this employer can do that.`;
  }
  return remedy.text;
}

function meansOf({
  status,
  cause,
  disconnectedByName,
  disconnectedAt,
  dataDeleteAt,
  dataDeletedAt,
  timeZone,
  now,
}: ConnectionDetailView): string {
  if (status !== "disconnected" || !disconnectedAt) return cause.means;
  const day = (instant: string) => formatInstant(instant, timeZone, { now: new Date(now) });
  const by = disconnectedByName ? ` by ${disconnectedByName}` : "";
  const rest =
    dataDeleteAt && !dataDeletedAt
      ? `Its data is hidden from everyone and will be deleted on ${day(dataDeleteAt)}.`
      : "Its data was deleted. The history of the connection stays.";
  return `Access was ended${by} on ${day(disconnectedAt)}. ${rest}`;
}

/** Cause and remedy of the present status; nothing where all is well. */
export function CauseBanner(props: CauseBannerProps) {
  const { connection } = props;
  const { status, cause, troubleRequestId, troubleCode, since, timeZone } = connection;
  if (quiet.has(status)) return null;
  const look: { tone: Tone; shape: ShapeName } = statusLooks[status];
  const asks = status === "action_needed" || status === "failing" || status === "missing_permission";
  const when =
    since && asks
      ? `, ${formatInstant(since, timeZone, { showZone: true, now: new Date(connection.now) })}`
      : "";
  const todo = todoOf(props);
  return (
    <Banner
      className="mb-[26px]"
      tone={look.tone}
      shape={look.shape}
      title={`${cause.happened.replace(/\.$/, "")}${when}`}
      means={meansOf(connection)}
      {...(todo ? { todo } : {})}
      {...(asks && troubleRequestId ? { requestId: troubleRequestId } : {})}
      {...(asks && troubleCode ? { code: <span className="font-mono">{troubleCode}</span> } : {})}
      actions={<Deed {...props} />}
    />
  );
}
