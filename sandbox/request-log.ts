/** One request that was received; tests count these. */
export interface LoggedRequest {
  seq: number;
  at: string;
  method: string;
  path: string;
  query: string;
  /** The operation's id, or null for a path that Finch does not have. */
  operation: string | null;
  client_id: string | null;
  connection_id: string | null;
  status: number | null;
  finch_request_id: string;
  duration_ms: number;
  headers: Record<string, string>;
}

/** What was said, without secrets and cut to a length. */
export interface LoggedBodies {
  request_body: string;
  response_body: string;
}

const keptRequests = 5_000;
const keptBodies = 100;

/** Characters of a body that are kept. */
export const keptBodyLength = 16_000;

/** The last requests to Finch's operations, in memory, without secrets; the very last with bodies. */
export class RequestLog {
  private rows: LoggedRequest[] = [];
  private readonly bodies = new Map<number, LoggedBodies>();
  private seq = 0;

  add(row: Omit<LoggedRequest, "seq">, bodies: LoggedBodies): LoggedRequest {
    this.seq += 1;
    const logged = { seq: this.seq, ...row };
    this.rows.push(logged);
    // Cut at twice the size, so that not every request copies the list.
    if (this.rows.length > 2 * keptRequests) this.rows = this.rows.slice(-keptRequests);
    this.bodies.set(this.seq, bodies);
    this.bodies.delete(this.seq - keptBodies);
    return logged;
  }

  after(seq: number): LoggedRequest[] {
    const kept = this.rows.slice(-keptRequests);
    const first = kept[0]?.seq ?? 0;
    return kept.slice(Math.max(0, seq + 1 - first));
  }

  /** One request with what was said, as far as that is still kept; null where it is not known. */
  find(seq: number): (LoggedRequest & Partial<LoggedBodies>) | null {
    const row = this.rows.find((candidate) => candidate.seq === seq);
    return row ? { ...row, ...this.bodies.get(seq) } : null;
  }

  clear(): void {
    this.rows = [];
    this.bodies.clear();
  }
}
