import { freshUntil, setupLimitMs } from "./cadence";
import type {
  ConnectionActivity,
  ConnectionStatus,
  LastResult,
  ProductFreshness,
  StatusFacts,
} from "./status-types";

export * from "./cadence";
export * from "./status-types";

/**
 * The status of a connection: a pure function of facts (DESIGN §8). What the
 * last sync gave and what happens right now stand apart from it. Healthy is
 * never the default: it needs data of every granted product that is younger
 * than the cadence by Finch's own header. Free of dependencies, so that screens may use it.
 */

/**
 * Products whose data Finch renews by itself, so that its age says something. Tax forms are not among them: Finch
 * fetches those only when it is asked to, person by person.
 */
export const mirroredProducts = [
  "company",
  "directory",
  "individual",
  "employment",
  "payment",
  "pay_statement",
  "benefits",
] as const;

const inWords = (products: readonly string[]) => products.join(", ").replaceAll("_", " ");

type Judgement = Pick<ConnectionStatus, "status" | "cause" | "remedy" | "since">;
type Rule = (facts: StatusFacts, now: Date) => Judgement | null;

const rules: readonly Rule[] = [
  disconnected,
  actionNeeded,
  missingPermission,
  settingUp,
  failing,
  syncing,
  neverSynced,
  late,
];

/** The status at a time. @param now the database's clock, or the sandbox's in tests */
export function connectionStatus(facts: StatusFacts, now: Date): ConnectionStatus {
  const dataFrom = oldestRetrieval(facts);
  const found = rules.map((rule) => rule(facts, now)).find((judgement) => judgement !== null);
  return {
    ...(found ?? healthy(facts)),
    dataFrom,
    dueAt: earliestEnd(facts),
    lastResult: lastResultOf(facts),
    activity: activityOf(facts),
  };
}

function disconnected(facts: StatusFacts): Judgement | null {
  if (!facts.disconnectedAt) return null;
  const means = facts.dataDeletedAt
    ? "Its data was deleted. The history of the connection stays."
    : "Its data is hidden from everyone and will be deleted.";
  return {
    status: "disconnected",
    cause: { happened: `${facts.providerName} was disconnected.`, means },
    remedy: { action: "connect", text: `Connect ${facts.providerName} again to read its data anew.` },
    since: facts.disconnectedAt,
  };
}

function actionNeeded(facts: StatusFacts): Judgement | null {
  const setup =
    (facts.actionNeededAt !== null && facts.actionNeededReason === "account_setup_required") ||
    facts.accountStatus === "error_no_account_setup";
  const signIn =
    facts.actionNeededAt !== null ||
    ["reauth", "error_reauth", "disconnected"].includes(facts.accountStatus ?? "");
  if (!setup && !signIn) return null;
  const { providerName } = facts;
  const means = facts.lastSyncSucceededAt
    ? "Nothing newer arrives until this is repaired. What is here stays, marked with its age."
    : "No data can arrive until this is repaired.";
  const since = facts.actionNeededAt;
  if (setup) {
    return {
      status: "action_needed",
      cause: { happened: `The account at ${providerName} is not set up completely.`, means },
      remedy: {
        action: "provider",
        text: `Finish setting up the account at ${providerName}, then reconnect. The sync starts by itself.`,
      },
      since,
    };
  }
  return {
    status: "action_needed",
    cause: { happened: `${providerName} no longer accepts the saved sign-in.`, means },
    remedy: {
      action: "reconnect",
      text: `Sign in to ${providerName} again as an administrator. It takes about 2 minutes; the sync starts by itself.`,
    },
    since,
  };
}

function missingPermission(facts: StatusFacts): Judgement | null {
  const refused = facts.permissionMissingAt !== null || facts.accountStatus === "error_permissions";
  if (!refused && facts.lostProducts.length === 0) return null;
  const { providerName } = facts;
  const cause = refused
    ? {
        happened:
          facts.permissionMissingDetail ?? `The account connected at ${providerName} may not see everything.`,
        means: "Some data does not arrive. What arrived before stays, marked with its age.",
      }
    : {
        happened: `The last time ${providerName} was connected, less was shared: ${inWords(facts.lostProducts)} is missing.`,
        means: "The data that is no longer shared stays as it was and gets older.",
      };
  return {
    status: "missing_permission",
    cause,
    remedy: {
      action: "reconnect",
      text: `Reconnect with an account that may see everything at ${providerName}, and share all that is asked for.`,
    },
    since: facts.permissionMissingAt,
  };
}

function settingUp(facts: StatusFacts, now: Date): Judgement | null {
  const pending =
    ["pending", "processing"].includes(facts.accountStatus ?? "") && facts.lastSyncSucceededAt === null;
  if (facts.setupStartedAt === null && !pending) return null;
  const since = facts.setupStartedAt;
  const { providerName } = facts;
  const assisted = facts.syncKind === "assisted";
  if (since && now.getTime() - since.getTime() > setupLimitMs(facts.syncKind)) {
    return {
      status: "failing",
      cause: {
        happened: `Setting up ${providerName} takes longer than the ${assisted ? "14" : "2"} days it should.`,
        means: "No data has arrived yet.",
      },
      remedy: { action: "sync", text: "Try to sync now. If that gives nothing, ask support to ask Finch." },
      since,
    };
  }
  return {
    status: "setting_up",
    cause: {
      happened: assisted
        ? `Finch is setting up access to ${providerName}.`
        : `Finch is fetching the first data from ${providerName}.`,
      means: assisted
        ? "This is done by people and may take up to 14 days. Data appears by itself."
        : "This usually takes minutes. Data appears by itself.",
    },
    remedy: { action: "wait", text: "Nothing to do. This page keeps itself up to date." },
    since,
  };
}

function failing(facts: StatusFacts): Judgement | null {
  if (facts.consecutiveFailures === 0) return null;
  const times =
    facts.consecutiveFailures === 1 ? "The last sync" : `The last ${facts.consecutiveFailures} syncs`;
  return {
    status: "failing",
    cause: {
      happened: `${times} did not get everything: ${facts.lastSyncError ?? "the reason is not known."}`,
      means: facts.lastSyncSucceededAt
        ? "What is here stays, marked with its age. Perch keeps trying."
        : "No complete data has arrived yet. Perch keeps trying.",
    },
    remedy: { action: "sync", text: "Try again now, or wait for the next try." },
    since: facts.lastSyncFailedAt,
  };
}

function syncing(facts: StatusFacts): Judgement | null {
  const activity = activityOf(facts);
  if (activity.kind === "idle") return null;
  const first = facts.lastSyncSucceededAt === null;
  return {
    status: "syncing",
    cause: {
      happened: first
        ? `The first sync with ${facts.providerName} is running.`
        : `A sync with ${facts.providerName} is running.`,
      means: first
        ? "People and their data appear as they arrive."
        : "What you see is replaced as newer data arrives.",
    },
    remedy: null,
    since: activity.since,
  };
}

function neverSynced(facts: StatusFacts): Judgement | null {
  const nothingShared = sharedProducts(facts).length === 0;
  if (facts.lastSyncSucceededAt !== null && !nothingShared) return null;
  return {
    status: "never_synced",
    cause: nothingShared
      ? {
          happened: `${facts.providerName} shares nothing that Perch reads yet.`,
          means: "There is no data to show.",
        }
      : { happened: `${facts.providerName} has not been synced yet.`, means: "There is no data to show." },
    remedy: nothingShared
      ? { action: "reconnect", text: "Reconnect and share at least the directory." }
      : { action: "sync", text: "Sync now to fetch the data." },
    since: null,
  };
}

function late(facts: StatusFacts, now: Date): Judgement | null {
  const stale = sharedProducts(facts).filter((product) => !isFresh(facts, product, now));
  if (stale.length === 0) return null;
  const refused = stale.some((product) => {
    const result = facts.freshness[product]?.lastAttemptResult;
    return result === "error" || result === "partial_error";
  });
  if (stale.every((product) => !facts.freshness[product])) return notYetThere(facts, stale);
  const often = facts.syncKind === "assisted" ? "every 7 days" : "every day";
  return {
    status: "late",
    cause: {
      happened: refused
        ? `Finch's last try to read ${inWords(stale)} from ${facts.providerName} failed.`
        : `The ${inWords(stale)} data from ${facts.providerName} is older than it should be.`,
      means: `It should be renewed ${often}. What you see may be out of date.`,
    },
    remedy: { action: "sync", text: "Sync now, or wait for Finch's next try." },
    since: oldestRetrieval(facts),
  };
}

/** Other data is here, and of these products none has ever come. */
function notYetThere({ providerName }: StatusFacts, products: readonly string[]): Judgement {
  return {
    status: "late",
    cause: {
      happened: `Finch has not given the ${inWords(products)} data from ${providerName} yet.`,
      means: "The rest is here and up to date. What is missing appears as soon as Finch has it.",
    },
    remedy: { action: "sync", text: "Sync now, or wait for the next sync." },
    since: null,
  };
}

function healthy(facts: StatusFacts): Judgement {
  const often = facts.syncKind === "assisted" ? "every 7 days" : "every day";
  return {
    status: "healthy",
    cause: { happened: `Data from ${facts.providerName} is up to date.`, means: `It is renewed ${often}.` },
    remedy: null,
    since: facts.lastSyncSucceededAt,
  };
}

/** Clocks of two machines differ by a little; more than this is no age that can be believed. */
const clockToleranceMs = 5 * 60_000;

function isFresh(facts: StatusFacts, product: string, now: Date): boolean {
  const freshness = facts.freshness[product];
  const until = freshness ? freshUntil(freshness, facts) : null;
  if (!freshness?.retrievedAt || until === null) return false;
  const attempted = freshness.lastAttemptResult === null || freshness.lastAttemptResult === "success";
  return attempted && now < until && freshness.retrievedAt.getTime() - now.getTime() < clockToleranceMs;
}

function sharedProducts(facts: StatusFacts): string[] {
  return mirroredProducts.filter(
    (product) => facts.products.includes(product) && !facts.notOffered.includes(product),
  );
}

/** The earliest instant over the products that are judged. */
function earliest(facts: StatusFacts, pick: (freshness: ProductFreshness) => Date | null): Date | null {
  const times = sharedProducts(facts).flatMap((product) => {
    const freshness = facts.freshness[product];
    return (freshness && pick(freshness)?.getTime()) ?? [];
  });
  return times.length === 0 ? null : new Date(Math.min(...times));
}

const oldestRetrieval = (facts: StatusFacts) => earliest(facts, ({ retrievedAt }) => retrievedAt);
const earliestEnd = (facts: StatusFacts) => earliest(facts, (freshness) => freshUntil(freshness, facts));

const openStatuses = ["queued", "running", "waiting"] as const;

function activityOf({ latestRun, disconnectedAt }: StatusFacts): ConnectionActivity {
  const kind = openStatuses.find((status) => status === latestRun?.status);
  if (!kind || !latestRun || disconnectedAt) return { kind: "idle", since: null };
  return { kind, since: latestRun.startedAt ?? latestRun.createdAt };
}

function lastResultOf({
  latestRun,
  lastSyncSucceededAt,
  lastSyncFailedAt,
  lastSyncError,
}: StatusFacts): LastResult {
  const result = (["succeeded", "partly_failed", "failed", "cancelled"] as const).find(
    (name) => name === latestRun?.status,
  );
  if (result && latestRun) {
    return {
      result,
      at: latestRun.finishedAt,
      message: latestRun.failureMessage,
      requestId: latestRun.requestId,
    };
  }
  // While a run is open, the connection remembers how the one before it ended.
  const failedLast =
    lastSyncFailedAt !== null && (lastSyncSucceededAt === null || lastSyncFailedAt > lastSyncSucceededAt);
  if (failedLast) return { result: "failed", at: lastSyncFailedAt, message: lastSyncError, requestId: null };
  return {
    result: lastSyncSucceededAt ? "succeeded" : "none",
    at: lastSyncSucceededAt,
    message: null,
    requestId: null,
  };
}
