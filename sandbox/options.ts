import type { SetupTimes } from "@/sandbox/accounts";
import type { RefreshKind } from "@/sandbox/records";

export interface SandboxClient {
  id: string;
  secret: string;
  /** What the Connect page calls the application. */
  name?: string;
}

/** What a sandbox can be told when it starts. Everything has a default. */
export interface SandboxOptions {
  /** Client ids and secrets that may create sessions and exchange codes. */
  clients?: SandboxClient[];
  /** Decides all generated data. */
  seed?: string;
  /** Keeps state in `<dataDir>/sandbox`; without it, state ends with the process. */
  dataDir?: string;
  /** How long a data sync takes. Milliseconds. */
  jobDelayMs?: number;
  /** How long a change of deductions takes where machines or people write it. Milliseconds. */
  benefitJobMs?: { automated: number; assisted: number };
  /** How long the first sync after connecting takes; data answers 202 until then. Milliseconds. */
  initialSyncMs?: number;
  /** Syncs every 24 hours (assisted: 7 days) of the sandbox's clock, as production does. */
  autoSync?: boolean;
  /** Finch's request quotas. Off unless a `RateLimiter` is given. */
  rateLimits?: RateLimiter | "off";
  /** Refreshes allowed in an hour: `/jobs/automated` and `/sandbox/jobs`. */
  refreshQuota?: Partial<Record<RefreshKind, number>>;
  /** Redirect URIs beyond loopback ones; their origins may also frame the Connect page. */
  redirectUris?: string[];
  /** Lets callers that are not on loopback use `/_sandbox/*`. At least 32 characters. */
  controlKey?: string;
  /** The origin that answers name in URLs. Default: the address that is listened on. */
  publicUrl?: string;
  /** Lifetime of an authorization code. Milliseconds. */
  codeLifetimeMs?: number;
  /** How long assisted logins take by themselves; null leaves them pending until they are told. */
  assistedSetup?: SetupTimes | null;
}

/** Decides whether a request may run, and learns how it ended. */
export interface RateLimiter {
  check(request: LimitedRequest): { allowed: true } | { allowed: false; finchCode: string };
  record(request: LimitedRequest, status: number): void;
}

export interface LimitedRequest {
  clientId: string | null;
  operation: string;
  peer: string | null;
  at: number;
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

/** Options with their defaults. */
export function withDefaults(options: SandboxOptions): Settings {
  const jobDelayMs = options.jobDelayMs ?? 400;
  return {
    clients: options.clients ?? [defaultClient],
    seed: options.seed ?? "default",
    jobDelayMs,
    benefitJobMs: options.benefitJobMs ?? { automated: jobDelayMs, assisted: jobDelayMs },
    initialSyncMs: options.initialSyncMs ?? jobDelayMs,
    autoSync: options.autoSync ?? true,
    rateLimits: options.rateLimits ?? "off",
    refreshQuota: { automated: 1, sandbox: 10, ...options.refreshQuota },
    redirectUris: options.redirectUris ?? [],
    controlKey: options.controlKey ?? null,
    publicUrl: options.publicUrl ?? "http://127.0.0.1",
    codeLifetimeMs: options.codeLifetimeMs ?? 10 * 60_000,
    assistedSetup: options.assistedSetup ?? null,
  };
}
