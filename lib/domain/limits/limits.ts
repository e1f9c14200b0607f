import { env } from "@/lib/env";

/** Every limit of Perch in one table (SECURITY 2 and 12): how many, in what time, counted by what. */

const minuteSeconds = 60;
const hourSeconds = 60 * minuteSeconds;
const daySeconds = 24 * hourSeconds;

export interface Limit {
  points: number;
  /** Length of the window, which starts with the first point taken. */
  seconds: number;
  /** What was done too often, as the sentence of the refusal begins. */
  tooMany: string;
}

/** A person at home has one network for all tests and demonstrations. */
const localPoints = 1_000;

/** Limits as this installation has them. Keys: an address, a network (networkOf), a user or an employer. */
export function limits() {
  const { mode, signInLimits } = env();
  const onServers = (points: number) => (mode === "local" ? localPoints : points);
  return {
    "sign-in-address": {
      points: signInLimits.perAddressAnHour,
      seconds: hourSeconds,
      tooMany: "Too many sign-in links were sent to this address in the last hour.",
    },
    "sign-in-ip": {
      points: signInLimits.perIpAnHour,
      seconds: hourSeconds,
      tooMany: "Too many sign-in links were asked for from your network in the last hour.",
    },
    "link-page": {
      points: onServers(60),
      seconds: 10 * minuteSeconds,
      tooMany: "Too many links were opened from your network.",
    },
    callback: {
      points: onServers(60),
      seconds: 10 * minuteSeconds,
      tooMany: "Too many connections were finished from your network.",
    },
    oidc: {
      points: onServers(60),
      seconds: 10 * minuteSeconds,
      tooMany: "Single sign-on was started too often from your network.",
    },
    export: {
      points: onServers(20),
      seconds: hourSeconds,
      tooMany: "You started too many exports in the last hour.",
    },
    passkey: {
      points: onServers(30),
      seconds: 15 * minuteSeconds,
      tooMany: "Too many passkeys were tried from your network.",
    },
    team: {
      points: onServers(60),
      seconds: hourSeconds,
      tooMany: "You changed roles too often in the last hour.",
    },
    invitation: {
      points: onServers(5),
      seconds: daySeconds,
      tooMany: "Too many invitations were sent to this address in the last day.",
    },
    sync: {
      points: onServers(30),
      seconds: hourSeconds,
      tooMany: "You asked for a sync of this connection too often in the last hour.",
    },
    forms: {
      points: onServers(30),
      seconds: hourSeconds,
      tooMany: "You asked for W-4 forms of this connection too often in the last hour.",
    },
    "item-rule": {
      points: onServers(30),
      seconds: hourSeconds,
      tooMany: "You asked Finch to change rules of this connection too often in the last hour.",
    },
    "step-up": {
      points: 10,
      seconds: 15 * minuteSeconds,
      tooMany: "Too many wrong codes were entered.",
    },
    "reveal-user": {
      points: 20,
      seconds: hourSeconds,
      tooMany: "You revealed 20 values in the last hour, which is the limit. Your administrators were told.",
    },
    "reveal-employer": {
      points: 100,
      seconds: daySeconds,
      tooMany:
        "100 values of this employer were revealed within a day, which is the limit. Your administrators were told.",
    },
  } satisfies Record<string, Limit>;
}

export type LimitKind = keyof ReturnType<typeof limits>;
