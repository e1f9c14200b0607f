import { isIPv6 } from "node:net";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { databaseClient } from "@/db/client";
import { sha256 } from "@/lib/crypto";
import { env } from "@/lib/env";

const hourSeconds = 3600;

/** What the limiter asks of a client of node-postgres, answered by postgres.js. */
const store = {
  async query({ text, values }: { text: string; values: string[] }) {
    const rows = await databaseClient().unsafe(text, values);
    return { rows: [...rows] };
  },
};

function limiter(kind: string, points: number): RateLimiterPostgres {
  return new RateLimiterPostgres({
    storeClient: store,
    storeType: "client",
    tableName: "rate_limits",
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix: kind,
    points,
    duration: hourSeconds,
  });
}

async function take(limits: RateLimiterPostgres, key: string): Promise<boolean> {
  try {
    await limits.consume(key);
    return true;
  } catch (error) {
    if (error instanceof RateLimiterRes) return false;
    throw error;
  }
}

/** Requests from one network: a person's IPv6 addresses share their first 64 bits. */
export function networkOf(ip: string): string {
  if (!isIPv6(ip)) return ip;
  if (ip.startsWith("::ffff:")) return ip.slice(7);
  const [head = "", tail] = ip.split("::");
  const left = head.split(":").filter(Boolean);
  const right = tail?.split(":").filter(Boolean) ?? [];
  const gap = tail === undefined ? 0 : 8 - left.length - right.length;
  return [...left, ...Array<string>(gap).fill("0"), ...right].slice(0, 4).join(":");
}

/** Takes one of the hour's requests of this network; false where none is left. */
export function takeFromNetwork(ip: string): Promise<boolean> {
  return take(limiter("sign-in-ip", env().signInLimits.perIpAnHour), sha256(networkOf(ip)));
}

/** Takes one of the hour's mails to this address; false where none is left. */
export function takeFromAddress(address: string): Promise<boolean> {
  return take(limiter("sign-in-address", env().signInLimits.perAddressAnHour), sha256(address));
}
