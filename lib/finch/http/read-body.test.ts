import { describe, expect, it } from "vitest";
import { Permits } from "./permits";
import { bodyLimits, BrokenBody, readBody, type BodyLimits } from "./read-body";

const bytes = (text: string) => new TextEncoder().encode(text);

/** A body that a test feeds by hand. */
class Fed {
  readonly response: Response;
  cancelled = false;
  pulls = 0;
  private controller!: ReadableStreamDefaultController<Uint8Array>;

  constructor() {
    const stream = new ReadableStream<Uint8Array>(
      {
        start: (controller) => void (this.controller = controller),
        pull: () => void (this.pulls += 1),
        cancel: () => void (this.cancelled = true),
      },
      { highWaterMark: 0 },
    );
    this.response = new Response(stream);
  }

  send(part: string | Uint8Array): void {
    this.controller.enqueue(typeof part === "string" ? bytes(part) : part);
  }

  end(): void {
    this.controller.close();
  }

  break(): void {
    this.controller.error(new TypeError("terminated"));
  }
}

const meter = () => ({ bytes: 0, heldMs: 0 });
const limits = (given: Partial<BodyLimits> = {}): BodyLimits => ({
  ...bodyLimits,
  permits: new Permits(4),
  ...given,
});
const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A promise that a test resolves. */
function gate() {
  let open = () => undefined as void;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open: () => open(), opened };
}

describe("a body", () => {
  it("is handed over as text, characters that were cut whole, without a mark before them", async () => {
    const parts: string[] = [];
    const body = new Response(
      new ReadableStream<Uint8Array>({
        start(controller) {
          const whole = bytes('\uFEFF{"name":"Zoë 👩‍🔧"}');
          for (const byte of whole) controller.enqueue(new Uint8Array([byte]));
          controller.close();
        },
      }),
    );
    const count = meter();
    await readBody(body, count, (text) => void parts.push(text));
    expect(parts.join("")).toBe('{"name":"Zoë 👩‍🔧"}');
    expect(count.bytes).toBe(bytes('\uFEFF{"name":"Zoë 👩‍🔧"}').byteLength);
  });

  it("is not asked for its next bytes before the last ones were taken", async () => {
    const body = new Fed();
    const taken = gate();
    const texts: string[] = [];
    const reading = readBody(body.response, meter(), async (text) => {
      texts.push(text);
      if (texts.length === 1) await taken.opened;
    });
    body.send("one");
    await nextTurn();
    await nextTurn();
    expect(texts).toEqual(["one"]);
    const pulls = body.pulls;
    await nextTurn();
    expect(body.pulls).toBe(pulls);
    taken.open();
    await nextTurn();
    expect(body.pulls).toBe(pulls + 1);
    body.send("two");
    body.end();
    await reading;
    expect(texts.slice(0, 2)).toEqual(["one", "two"]);
  });

  it("counts the time for which its reader held it up", async () => {
    const count = meter();
    const hold = () => new Promise<void>((resolve) => setTimeout(resolve, 30));
    await readBody(new Response("text"), count, hold);
    expect(count.heldMs).toBeGreaterThan(20);
  });

  it("that stalls is broken, and its connection ended", async () => {
    const body = new Fed();
    const texts: string[] = [];
    const reading = readBody(
      body.response,
      meter(),
      (text) => void texts.push(text),
      limits({ stallMs: 20 }),
    );
    body.send("some");
    await expect(reading).rejects.toThrow(BrokenBody);
    expect(texts).toEqual(["some"]);
    expect(body.cancelled).toBe(true);
  });

  it("that comes too slowly as a whole is broken", async () => {
    const body = new Fed();
    const drip = setInterval(() => body.send("x"), 5);
    const reading = readBody(body.response, meter(), () => undefined, limits({ totalMs: 60 }));
    await expect(reading).rejects.toThrow(BrokenBody);
    clearInterval(drip);
  });

  it("whose connection breaks is broken after what came", async () => {
    const body = new Fed();
    const texts: string[] = [];
    const reading = readBody(body.response, meter(), (text) => void texts.push(text));
    body.send("some");
    await nextTurn();
    body.break();
    await expect(reading).rejects.toThrow(BrokenBody);
    expect(texts).toEqual(["some"]);
  });

  it("is left when its reader throws, which passes through", async () => {
    const body = new Fed();
    const reading = readBody(body.response, meter(), () => {
      throw new Error("lease lost");
    });
    body.send("some");
    await expect(reading).rejects.toThrow("lease lost");
    expect(body.cancelled).toBe(true);
  });
});

describe("large bodies", () => {
  /** Starts a body that is large at once and held by its reader until `open`. */
  function start(shared: BodyLimits) {
    const body = new Fed();
    const held = gate();
    const state = { body, handed: 0, open: held.open, done: Promise.resolve() };
    state.done = readBody(
      body.response,
      meter(),
      async () => {
        state.handed += 1;
        await held.opened;
      },
      shared,
    );
    body.send("x".repeat(20));
    return state;
  }

  it("are read four at a time, the others wait in their order", async () => {
    const shared = limits({ smallBytes: 10 });
    const bodies = Array.from({ length: 6 }, () => start(shared));
    await nextTurn();
    await nextTurn();
    expect(bodies.map(({ handed }) => handed)).toEqual([1, 1, 1, 1, 0, 0]);
    const [first, second] = bodies;
    first?.open();
    first?.body.end();
    await first?.done;
    await nextTurn();
    expect(bodies.map(({ handed }) => Math.min(handed, 1))).toEqual([1, 1, 1, 1, 1, 0]);
    second?.open();
    second?.body.end();
    await second?.done;
    for (const body of bodies.slice(2)) {
      body.open();
      body.body.end();
    }
    await Promise.all(bodies.map(({ done }) => done));
    expect(bodies.every(({ handed }) => handed > 0)).toBe(true);
  });

  it("wait for nobody who is small", async () => {
    const shared = limits({ smallBytes: 10, permits: new Permits(1) });
    const large = start(shared);
    await nextTurn();
    const texts: string[] = [];
    await readBody(new Response("small"), meter(), (text) => void texts.push(text), shared);
    expect(texts.join("")).toBe("small");
    large.open();
    large.body.end();
    await large.done;
  });

  it("that stall let others read meanwhile, and go on when bytes come", async () => {
    const shared = limits({ smallBytes: 10, permits: new Permits(1), idleMs: 10 });
    const stalled = start(shared);
    stalled.open();
    const other = start(shared);
    other.open();
    other.body.end();
    await other.done;
    stalled.body.send("more");
    stalled.body.end();
    await stalled.done;
    expect(stalled.handed).toBeGreaterThan(1);
  });

  it("give their place back when they break", async () => {
    const shared = limits({ smallBytes: 10, permits: new Permits(1) });
    const broken = start(shared);
    broken.open();
    await nextTurn();
    broken.body.break();
    await expect(broken.done).rejects.toThrow(BrokenBody);
    const next = start(shared);
    next.open();
    next.body.end();
    await next.done;
    expect(next.handed).toBeGreaterThan(0);
  });
});
