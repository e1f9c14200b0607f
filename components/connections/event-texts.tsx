import { Plug, RefreshCw, Unplug } from "lucide-react";
import type { ReactNode } from "react";
import type { TimelineNode } from "@/components/ui/timeline";
import { formatCount } from "@/lib/format/money";
import type { TimelineEventView } from "@/lib/domain/connections/views";
import { listProducts, reasonLabels } from "./connection-look";
import { rowsOf } from "./row-names";

/** What an entry of the timeline says. */
export interface EventText {
  node: TimelineNode;
  what: ReactNode;
  /** Beside the time. */
  more?: string;
}

const textOf = (detail: Record<string, unknown>, key: string): string | null => {
  const value = detail[key];
  return typeof value === "string" && value !== "" ? value : null;
};
const listOf = (detail: Record<string, unknown>, key: string): string[] => {
  const value = detail[key];
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === "string") : [];
};
const icon = (Icon: typeof RefreshCw): TimelineNode => ({
  kind: "system",
  icon: <Icon size={14} aria-hidden="true" />,
});
const status = (
  tone: "healthy" | "attention" | "failing",
  shape: "check" | "triangle" | "octagon",
): TimelineNode => ({
  kind: "status",
  tone,
  shape,
});

function whoOf(event: TimelineEventView, otherwise: TimelineNode): { who: string; node: TimelineNode } {
  const who = event.actorName ?? "Someone";
  return { who, node: event.actorKind === "user" ? { kind: "person", name: who } : otherwise };
}

function syncEnd(event: TimelineEventView): EventText {
  const { detail } = event;
  const people = typeof detail["people"] === "number" ? detail["people"] : null;
  const reason = reasonLabels[textOf(detail, "reason") ?? ""];
  const more = reason ? { more: `${reason} sync` } : {};
  const message = textOf(detail, "message");
  if (event.kind === "sync_succeeded") {
    const counted = people === null ? "" : `: ${formatCount(people, "person", "people")}`;
    return { node: status("healthy", "check"), what: `Synced${counted}`, ...more };
  }
  const partly = event.kind === "sync_partly_failed";
  const what = `${partly ? "Synced in part" : "Sync failed"}${message ? `: ${message}` : ""}`;
  return { node: partly ? status("attention", "triangle") : status("failing", "octagon"), what, ...more };
}

function connectedText(event: TimelineEventView, provider: string): EventText {
  const { who, node } = whoOf(event, icon(Plug));
  const products = listOf(event.detail, "products");
  const lost = listOf(event.detail, "lostProducts");
  const verb = event.kind === "connected" ? "connected" : "reconnected";
  const more =
    lost.length > 0
      ? `no longer shared: ${listProducts(lost)}`
      : `${formatCount(products.length, "product")} granted`;
  return { node, what: `${who} ${verb} ${provider}`, more };
}

/** Words for an event; one that is not known shows its kind rather than nothing. */
export function eventText(event: TimelineEventView, provider: string): EventText {
  switch (event.kind) {
    case "connected":
    case "reconnected":
      return connectedText(event, provider);
    case "sync_succeeded":
    case "sync_partly_failed":
    case "sync_failed":
      return syncEnd(event);
    case "sync_requested": {
      const { who, node } = whoOf(event, icon(RefreshCw));
      return { node, what: `${who} pressed Sync now` };
    }
    case "sync_cancelled": {
      const { who, node } = whoOf(event, icon(RefreshCw));
      return { node, what: `${who} cancelled a sync` };
    }
    case "hold_accepted": {
      const { who, node } = whoOf(event, icon(RefreshCw));
      const rows = event.detail["rows"];
      const what = rowsOf(textOf(event.detail, "product") ?? "", typeof rows === "number" ? rows : 0);
      return { node, what: `${who} said that ${what} may go`, more: "Finch gave none of them" };
    }
    case "action_needed": {
      const message = textOf(event.detail, "message");
      return {
        node: status("attention", "triangle"),
        what: (
          <>
            Turned <b className="font-medium">action needed</b>
            {message ? `: ${message}` : ""}
          </>
        ),
      };
    }
    case "disconnected": {
      const { who, node } = whoOf(event, icon(Unplug));
      return { node, what: `${who} disconnected ${provider}` };
    }
    default:
      return {
        ...whoOf(event, icon(RefreshCw)),
        what: event.kind.replaceAll("_", " ").replace(/^./, (first) => first.toUpperCase()),
        ...(textOf(event.detail, "message") ? { more: textOf(event.detail, "message") ?? "" } : {}),
      };
  }
}
