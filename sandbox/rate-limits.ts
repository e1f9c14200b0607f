import type { Clock } from "@/sandbox/clock";
import { FinchError } from "@/sandbox/errors";
import type { Operation } from "@/sandbox/operations";

/** Finch's quotas, or those of its sandbox, which are doubled (Finch: Finch Sandbox, "Sandbox Rate Limits"). */
export type RateLimitKind = "sandbox" | "production";

/** Requests of one application in a minute (Finch: Rate Limits). Endpoints that the page does not name have none. */
const perMinute: Record<string, number> = {
  company: 20,
  directory: 20,
  individual: 20,
  employment: 20,
  "pay-statement-item": 20,
  payment: 12,
  "pay-groups": 12,
  "pay-statement": 12,
};

const minuteMs = 60_000;

/** Finch: Rate Limits, "IP Address Rate Limits". */
const perAddress = { requests: 1_000, windowMs: 5 * minuteMs, penaltyMs: 60 * minuteMs };

/** Times of the last requests that counted, oldest first. */
class Window {
  private times: number[] = [];

  constructor(private readonly lengthMs: number) {}

  count(now: number): number {
    const isInside = (at: number) => at > now - this.lengthMs && at <= now;
    // Times lie in order unless the clock was set back; then those to come must go too.
    if (!isInside(this.times[0] ?? now) || !isInside(this.times.at(-1) ?? now)) {
      this.times = this.times.filter(isInside);
    }
    return this.times.length;
  }

  add(now: number): void {
    this.times.push(now);
  }
}

interface Address {
  window: Window;
  blockedUntil: number;
}

const tooMany = (finchCode: string) =>
  new FinchError(429, "rate_limit_exceeded_error", "Too many requests for token", finchCode);

/**
 * Counts requests as Finch does, in rolling windows of the sandbox's clock: per application and endpoint, and per
 * address. Only those that succeeded count. Nothing of it is kept over restarts.
 */
export class RateLimits {
  private readonly applications = new Map<string, Window>();
  private readonly addresses = new Map<string, Address>();

  constructor(
    private readonly kind: RateLimitKind,
    private readonly clock: Clock,
  ) {}

  /** The endpoint that shares a quota, or null where Finch names none: `/employer/pay-groups/{id}` is of pay-groups. */
  private endpointOf(operation: Operation): string | null {
    const [, root, endpoint = "", below] = operation.path.split("/");
    if (root !== "employer" || !(endpoint in perMinute)) return null;
    return below === "rule" ? null : endpoint;
  }

  private addressOf(operation: Operation, peer: string): Address {
    const key = `${isAuth(operation) ? "auth" : "api"} ${peer}`;
    let address = this.addresses.get(key);
    if (!address) {
      address = { window: new Window(perAddress.windowMs), blockedUntil: 0 };
      this.addresses.set(key, address);
    }
    return address;
  }

  private applicationOf(endpoint: string, clientId: string): Window {
    const key = `${endpoint} ${clientId}`;
    let window = this.applications.get(key);
    if (!window) this.applications.set(key, (window = new Window(minuteMs)));
    return window;
  }

  /** @throws FinchError 429 where the address has to wait */
  checkAddress(operation: Operation, peer: string | null): void {
    if (peer === null) return;
    const now = this.clock.now();
    const address = this.addressOf(operation, peer);
    const refused = tooMany(isAuth(operation) ? "finch_auth_ip_rl" : "finch_api_ip_rl");
    // A clock that was set back must not make a penalty longer.
    if (address.blockedUntil > now && address.blockedUntil - now <= perAddress.penaltyMs) throw refused;
    if (address.window.count(now) < perAddress.requests) return;
    address.window = new Window(perAddress.windowMs);
    address.blockedUntil = now + perAddress.penaltyMs;
    throw refused;
  }

  /** @throws FinchError 429 where the application has used up its minute */
  checkApplication(operation: Operation, clientId: string | null): void {
    const endpoint = this.endpointOf(operation);
    if (endpoint === null || clientId === null) return;
    const allowed = (perMinute[endpoint] ?? Infinity) * (this.kind === "sandbox" ? 2 : 1);
    if (this.applicationOf(endpoint, clientId).count(this.clock.now()) >= allowed) {
      throw tooMany("finch_application_rl");
    }
  }

  /** Notes how a request ended. */
  record(operation: Operation, clientId: string | null, peer: string | null, status: number): void {
    if (status >= 400) return;
    const now = this.clock.now();
    if (peer !== null) this.addressOf(operation, peer).window.add(now);
    const endpoint = this.endpointOf(operation);
    if (endpoint !== null && clientId !== null) this.applicationOf(endpoint, clientId).add(now);
  }

  clear(): void {
    this.applications.clear();
    this.addresses.clear();
  }
}

/** What opens connections rather than reading them; Finch gives no figures for it, so those of the API are taken. */
const isAuth = (operation: Operation): boolean => /^\/(auth|connect)\//.test(operation.path);
