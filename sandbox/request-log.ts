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

const limit = 5_000;
const secretHeaders = new Set(["authorization", "cookie", "x-sandbox-key"]);

/** The last requests to Finch's operations, in memory, without secrets and bodies. */
export class RequestLog {
  private rows: LoggedRequest[] = [];
  private seq = 0;

  add(row: Omit<LoggedRequest, "seq">): LoggedRequest {
    this.seq += 1;
    const logged = { seq: this.seq, ...row };
    this.rows.push(logged);
    if (this.rows.length > limit) this.rows = this.rows.slice(-limit);
    return logged;
  }

  after(seq: number): LoggedRequest[] {
    return this.rows.filter((row) => row.seq > seq);
  }

  clear(): void {
    this.rows = [];
  }
}

/** Headers with every secret replaced by its scheme. */
export function redactHeaders(headers: Headers): Record<string, string> {
  const shown: Record<string, string> = {};
  headers.forEach((value, name) => {
    shown[name] = secretHeaders.has(name) ? `${value.split(" ")[0]?.slice(0, 10) ?? ""} [redacted]` : value;
  });
  return shown;
}
