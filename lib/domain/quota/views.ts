/** What screens get of Finch's quotas. Instants are ISO strings in UTC. */

export interface WaitingCounts {
  person: number;
  webhook: number;
  scheduled: number;
}

/** One window as a gauge. */
export interface QuotaGaugeView {
  /** company, pay-statement, …; ip:<EGRESS_ID> and auth_ip:<EGRESS_ID>. */
  key: string;
  /** Requests in a window. */
  allowance: number;
  windowMs: number;
  /** Where the figure is from; null where Finch documents none and it is a setting. */
  source: string | null;
  /** Places of the window that are taken at this moment. */
  used: number;
  /** When the next place is free; null where one is. */
  nextFreeAt: string | null;
  /** After a 429: nothing leaves before. */
  pausedUntil: string | null;
  waiting: WaitingCounts;
  /** Requests that are still to be made, as far as they are known, and when the last of them leaves. */
  backlog: number;
  backlogDoneAt: string | null;
}

export interface QuotaWaiterView {
  key: string;
  priority: keyof WaitingCounts;
  since: string;
  customerId: string | null;
  customerName: string | null;
  connectionId: string | null;
  providerName: string | null;
}

export interface QuotaStateView {
  now: string;
  endpoints: QuotaGaugeView[];
  /** Of each address: all requests, and those that open connections. */
  addresses: (QuotaGaugeView & { kind: "ip" | "auth_ip"; egress: string })[];
  /** Who waits, in the order of their turns; the first hundred. */
  waiters: QuotaWaiterView[];
  waiting: number;
  backlog: {
    requests: number;
    /** Syncs that are not done. */
    runs: number;
    /** Null where there is nothing to do. */
    doneAt: string | null;
    /** The quota that takes longest. */
    key: string | null;
    /** Some steps do not know yet how many requests they need. */
    atLeast: boolean;
  };
}
