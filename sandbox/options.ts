import { slowSetup, type SetupTimes } from "@/sandbox/setup-times";
import type { RateLimitKind } from "@/sandbox/rate-limits";
import type { RefreshKind } from "@/sandbox/records";

export interface SandboxClient {
  id: string;
  secret: string;
  /** What the Connect page calls the application. */
  name?: string;
}

/** `fast` ends what takes time within a second; `slow` takes as long as Finch does. */
export type Profile = "fast" | "slow";

export interface LatencyRange {
  min: number;
  max: number;
}

/** What a sandbox can be told when it starts. Everything has a default. */
export interface SandboxOptions {
  /** Client ids and secrets that may create sessions and exchange codes. */
  clients?: SandboxClient[];
  /** Decides all generated data. */
  seed?: string;
  /** Keeps state in `<dataDir>/sandbox`; without it, state ends with the process. */
  dataDir?: string;
  /** Decides how long jobs and setups take, unless each is told. */
  profile?: Profile;
  /** How long every answer of an operation waits: always as long, or something between. Milliseconds. */
  latencyMs?: number | LatencyRange;
  /** How long a data sync takes. Milliseconds. */
  jobDelayMs?: number;
  /** How long a change of deductions takes where machines or people write it. Milliseconds. */
  benefitJobMs?: { automated: number; assisted: number };
  /** How long the first sync after connecting takes; data answers 202 until then. Milliseconds. */
  initialSyncMs?: number;
  /** How long the statements of a payment take once the payment is seen; they answer 202 until then. Milliseconds. */
  statementDelayMs?: number;
  /** Syncs every 24 hours (assisted: 7 days) of the sandbox's clock, as production does. */
  autoSync?: boolean;
  /** Finch's request quotas, doubled as in its sandbox, or those of production. Off unless it is said. */
  rateLimits?: RateLimitKind | "off";
  /** Refreshes allowed in an hour: `/jobs/automated` and `/sandbox/jobs`. */
  refreshQuota?: Partial<Record<RefreshKind, number>>;
  /** Redirect URIs beyond loopback ones; their origins may also frame the Connect page. */
  redirectUris?: string[];
  /** Lets callers that are not on loopback use `/_sandbox/*`. At least 32 bytes. */
  controlKey?: string;
  /** The origin that answers name in URLs. Default: the address that is listened on. */
  publicUrl?: string;
  /** Lifetime of an authorization code. Milliseconds. */
  codeLifetimeMs?: number;
  /** How long assisted logins take by themselves; null leaves them pending until they are told. */
  assistedSetup?: SetupTimes | null;
  /** Webhook endpoints that are there from the start. */
  webhooks?: { url: string; secret: string }[];
  /** Hosts beside this machine to which webhooks may be sent: `hooks.example.com`, or with a port. */
  webhookHosts?: string[];
  /** Gives the fields that Finch gives only to applications that asked for them. */
  onRequestFields?: boolean;
  /** The machine's time, for tests. Milliseconds. */
  realClock?: () => number;
}

export const defaultClient: SandboxClient = {
  id: "00000000-0000-4000-8000-000000000001",
  secret: "sandbox-secret",
  name: "Perch",
};

export type Settings = Required<Omit<SandboxOptions, "dataDir" | "controlKey" | "refreshQuota">> & {
  refreshQuota: Record<RefreshKind, number>;
  controlKey: string | null;
};

const minuteMs = 60_000;

/**
 * Finch speaks of minutes for syncs and for changes at automated providers, of seven days for changes at
 * assisted ones (Finch: Data Syncs; Create Deduction).
 */
const profiles = {
  fast: {
    jobDelayMs: 400,
    initialSyncMs: 400,
    statementDelayMs: 0,
    benefitJobMs: { automated: 400, assisted: 400 },
    assistedSetup: null,
  },
  slow: {
    jobDelayMs: 3 * minuteMs,
    initialSyncMs: 10 * minuteMs,
    statementDelayMs: 5 * minuteMs,
    benefitJobMs: { automated: 2 * minuteMs, assisted: 7 * 24 * 60 * minuteMs },
    assistedSetup: slowSetup,
  },
};

function checkedKey(key: string | undefined): string | null {
  if (key === undefined) return null;
  if (Buffer.byteLength(key) < 32) throw new Error("controlKey must have at least 32 bytes");
  return key;
}

/** Options with their defaults. */
export function withDefaults(options: SandboxOptions): Settings {
  const times = profiles[options.profile ?? "fast"];
  const jobDelayMs = options.jobDelayMs ?? times.jobDelayMs;
  const sameForAll = options.jobDelayMs ?? null;
  return {
    profile: options.profile ?? "fast",
    latencyMs: options.latencyMs ?? 0,
    clients: options.clients ?? [defaultClient],
    seed: options.seed ?? "default",
    jobDelayMs,
    benefitJobMs: options.benefitJobMs ?? {
      automated: sameForAll ?? times.benefitJobMs.automated,
      assisted: sameForAll ?? times.benefitJobMs.assisted,
    },
    initialSyncMs: options.initialSyncMs ?? sameForAll ?? times.initialSyncMs,
    statementDelayMs: options.statementDelayMs ?? times.statementDelayMs,
    autoSync: options.autoSync ?? true,
    rateLimits: options.rateLimits ?? "off",
    refreshQuota: { automated: 1, sandbox: 10, ...options.refreshQuota },
    redirectUris: options.redirectUris ?? [],
    controlKey: checkedKey(options.controlKey),
    publicUrl: options.publicUrl ?? "http://127.0.0.1",
    codeLifetimeMs: options.codeLifetimeMs ?? 10 * 60_000,
    assistedSetup: options.assistedSetup === undefined ? times.assistedSetup : options.assistedSetup,
    webhooks: options.webhooks ?? [],
    webhookHosts: options.webhookHosts ?? [],
    onRequestFields: options.onRequestFields ?? false,
    realClock: options.realClock ?? Date.now,
  };
}
