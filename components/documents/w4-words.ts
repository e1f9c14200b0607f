import type { W4Obstacle, W4SyncView } from "@/lib/domain/documents/w4-state";
import { formatCount } from "@/lib/format/money";

/** Why no form can be asked for, in three parts. */
export const obstacleWords: Record<
  W4Obstacle,
  { title: (provider: string) => string; means: string; todo: string; byReconnecting: boolean }
> = {
  no_product: {
    title: (provider) => `The connection to ${provider} does not include tax documents`,
    means: "No W-4 forms arrive from it.",
    todo: "Reconnect and allow tax documents.",
    byReconnecting: true,
  },
  assisted: {
    title: (provider) => `People at Finch look after ${provider}`,
    means: "W-4 forms cannot be asked for there: Finch fetches them for automated connections only.",
    todo: "Look up the form at the provider.",
    byReconnecting: false,
  },
  not_offered: {
    title: (provider) => `${provider} does not offer W-4 forms by way of Finch`,
    means: "Asking again would bring nothing until Finch says otherwise.",
    todo: "Look up the form at the provider.",
    byReconnecting: false,
  },
  action_needed: {
    title: (provider) => `${provider} has to be reconnected first`,
    means: "Finch cannot fetch anything until then. What is here stays.",
    todo: "Open the connection and repair it.",
    byReconnecting: true,
  },
};

/** How far a request is, or how it ended. */
export function statusWords({ status, total, fetched, failed }: W4SyncView): string {
  const people = formatCount(total, "person", "people");
  switch (status) {
    case "queued":
      return `Finch will be asked for ${people}`;
    case "asking":
      return `Asking Finch for ${people}`;
    case "fetching":
      return "Finch is fetching the forms";
    case "reading":
      return "Reading what Finch fetched";
    case "done":
      return failed === 0
        ? `Fetched for ${formatCount(fetched, "person", "people")}`
        : `Fetched for ${formatCount(fetched, "person", "people")}, not for ${failed}`;
    case "failed":
      return "Asking Finch ended early";
    case "stopped":
      return "Stopped by a person";
  }
}
