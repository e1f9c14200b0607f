import { env, type Env } from "@/lib/env";
import { addressSetOf } from "./quota-key";

/** A set of slots as the database keeps it. */
export interface QuotaSet {
  key: string;
  /** Requests in a window. */
  allowance: number;
  /** In real time, so divided by the clock's rate. */
  windowMs: number;
  /** The address set that its requests count in too; null for an address set itself. */
  addressSet: "ip" | "auth_ip" | null;
  /** Where the figure is from; '' where Finch documents none. */
  source: string;
}

export type QuotaEnv = Pick<
  Env,
  "FINCH_CLIENT_ID" | "FINCH_ENVIRONMENT" | "EGRESS_ID" | "QUOTA_CLOCK_RATE" | "QUOTA_UNDOCUMENTED_PER_MINUTE"
>;

const documentedAt = "Finch: Rate Limits";
const minuteMs = 60_000;

/** Requests of one application in a sliding minute (Finch: Rate Limits); doubled in Finch's sandbox. */
const documented = new Map([
  ["company", 20],
  ["directory", 20],
  ["individual", 20],
  ["employment", 20],
  ["pay-statement-item", 20],
  ["payment", 12],
  ["pay-groups", 12],
  ["pay-statement", 12],
]);

/** Endpoints of which Finch gives no figure, each with a quota of its own. */
const undocumented = [
  ...["introspect", "jobs", "benefits", "documents", "pay-statement-item/rule"],
  ...["providers", "connect", "auth", "disconnect"],
];

/** Finch: Rate Limits, "IP Address Rate Limits". */
const perAddress = { allowance: 1_000, windowMs: 5 * minuteMs };

/** The set of one key. Pure. */
export function quotaSet(key: string, settings: QuotaEnv = env()): QuotaSet {
  const figure = documented.get(key);
  const factor = settings.FINCH_ENVIRONMENT === "sandbox" ? 2 : 1;
  return {
    key,
    allowance: figure === undefined ? settings.QUOTA_UNDOCUMENTED_PER_MINUTE : figure * factor,
    windowMs: Math.round(minuteMs / settings.QUOTA_CLOCK_RATE),
    addressSet: addressSetOf(key),
    source: figure === undefined ? "" : documentedAt,
  };
}

/** The two sets of the address from which this process sends. Pure. */
export function addressSets(settings: QuotaEnv = env()): QuotaSet[] {
  return (["ip", "auth_ip"] as const).map((kind) => ({
    key: `${kind}:${settings.EGRESS_ID}`,
    allowance: perAddress.allowance,
    windowMs: Math.round(perAddress.windowMs / settings.QUOTA_CLOCK_RATE),
    addressSet: null,
    source: documentedAt,
  }));
}

/** Every set that this installation uses. Pure. */
export function allQuotaSets(settings: QuotaEnv = env()): QuotaSet[] {
  return [
    ...[...documented.keys(), ...undocumented].map((key) => quotaSet(key, settings)),
    ...addressSets(settings),
  ];
}
