import { StringDecoder } from "node:string_decoder";
import { Permit, Permits } from "./permits";

/** What was read of a body, and for how long its reader's own work held it up. */
export interface BodyMeter {
  bytes: number;
  heldMs: number;
}

export interface BodyLimits {
  /** Without a byte for so long, the answer counts as lost. */
  stallMs: number;
  /** All waiting for bytes together; time in which nothing was asked for does not count. */
  totalMs: number;
  /** After so long without a byte, others may read meanwhile. */
  idleMs: number;
  /** A body above this size is a large one. */
  smallBytes: number;
  /** Of an answer that is larger nothing more is read. */
  largestBytes: number;
  /** How many large bodies a process reads at a time: what was read of each is in memory. */
  permits: Permits;
}

const minute = 60_000;

export const bodyLimits: BodyLimits = {
  stallMs: minute,
  totalMs: 6 * minute,
  idleMs: 1_000,
  smallBytes: 256 * 1024,
  // Six years of weekly payments of 300,000 people.
  largestBytes: 4 * 1024 ** 3,
  permits: new Permits(4),
};

/** The body stalled, or its connection broke. What was read of it is good. */
export class BrokenBody extends Error {
  constructor() {
    super("The answer broke off");
    this.name = "BrokenBody";
  }
}

/** More than Finch ever sends. What was read of it is good. */
export class EndlessBody extends Error {
  constructor() {
    super("The answer is too large");
    this.name = "EndlessBody";
  }
}

/**
 * Hands the text of a body over as it comes. The next bytes are asked for only when `onText` has resolved; what it
 * throws ends the reading and the connection.
 * @throws BrokenBody, EndlessBody
 */
export async function readBody(
  response: Response,
  meter: BodyMeter,
  onText: (text: string) => Promise<void> | void,
  limits: BodyLimits = bodyLimits,
): Promise<void> {
  if (!response.body) return;
  const body = new PatientReader(response.body.getReader(), limits);
  const decoder = new StringDecoder("utf8");
  let started = false;
  const hand = async (decoded: string) => {
    const text = started ? decoded : withoutMark(decoded);
    if (text === "") return;
    started = true;
    await holding(meter, async () => {
      if (meter.bytes > limits.smallBytes) await body.permit.take();
      await onText(text);
    });
  };
  try {
    for (let bytes = await body.next(); bytes; bytes = await body.next()) {
      meter.bytes += bytes.byteLength;
      if (meter.bytes > limits.largestBytes) throw new EndlessBody();
      await hand(decoder.write(bytes));
    }
    await hand(decoder.end());
  } finally {
    body.close();
  }
}

/** Does our own part of the reading, whose time is not Finch's. */
export async function holding<T>(meter: BodyMeter, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  try {
    return await work();
  } finally {
    meter.heldMs += performance.now() - startedAt;
  }
}

/** Some servers put a byte-order mark before JSON. */
const withoutMark = (text: string) => (text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);

/** A body's reader that gives up on a stalled body, and its permit for as long as nothing comes. */
class PatientReader {
  readonly permit: Permit;
  private waitedMs = 0;
  private finished = false;

  constructor(
    private readonly reader: ReadableStreamDefaultReader<Uint8Array>,
    private readonly limits: BodyLimits,
  ) {
    this.permit = new Permit(limits.permits);
  }

  /** Null at the end. @throws BrokenBody */
  async next(): Promise<Uint8Array | null> {
    const { idleMs, stallMs, totalMs } = this.limits;
    const startedAt = performance.now();
    const longest = Math.min(stallMs, totalMs - this.waitedMs);
    const reading = this.reader.read().catch(() => {
      throw new BrokenBody();
    });
    let result = await within(reading, Math.min(idleMs, longest));
    if (!result) {
      this.permit.giveBack();
      result = await within(reading, longest - idleMs);
    }
    if (!result) throw new BrokenBody();
    this.waitedMs += performance.now() - startedAt;
    this.finished = result.done;
    return result.value ?? null;
  }

  close(): void {
    this.permit.giveBack();
    // An end that was not reached leaves a connection that nobody reads.
    if (!this.finished) void this.reader.cancel().catch(() => undefined);
  }
}

/** What a promise gives, or null where it takes longer. */
async function within<T>(promise: Promise<T>, ms: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), Math.max(0, ms));
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
