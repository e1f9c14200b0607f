import type { z } from "zod";
import type { Secret } from "@/lib/crypto";
import type { FinchCaller } from "../caller";
import type { AnswerHead } from "../http/classify";
import type { Sendable } from "../http/exchange";
import type { BodyLimits } from "../http/read-body";
import type { Outcome } from "../outcome";
import { scrub } from "../scrub";
import type { AnswerFacts, ChunkHandler, ScrubbedJson, StreamEnd } from "../types";
import { Chunks } from "./chunks";
import { JsonPieces, type ListPath } from "./json-pieces";
import { streamFinch, type AnswerReader } from "./stream-finch";

/** An element of a large answer, scrubbed, on its way to one of our shapes. */
export interface Element {
  json: ScrubbedJson;
  /** By the path inside the element. */
  secrets: ReadonlyMap<string, Secret>;
}

interface ElementsRequest<Frame, Item, End> extends Sendable {
  /** Where the elements stand. */
  path: ListPath;
  /** The answer around them, its list empty. */
  frame: z.ZodType<Frame>;
  /** Null where the element cannot be read and names nobody. */
  readElement(element: Element): Item | null;
  /** What the answer said as a whole. */
  end(frame: Frame, counts: StreamEnd): End;
  limits?: BodyLimits | undefined;
}

/** Reads an answer that is one long list, in chunks of at most 1,000 elements. */
export function streamElements<Frame, Item, End>(
  caller: FinchCaller,
  request: ElementsRequest<Frame, Item, End>,
  onItems: ChunkHandler<Item>,
): Promise<Outcome<End>> {
  const { endpoint, token, limits } = request;
  return streamFinch(caller, {
    endpoint,
    token,
    limits,
    send: (options) => request.send(options),
    open: (head) => new ElementReader(request, onItems, head),
  });
}

class ElementReader<Frame, Item, End> implements AnswerReader<End> {
  private readonly chunks = new Chunks<Item>();
  private readonly counts: StreamEnd = { items: 0, unreadable: 0 };
  private readonly pieces: JsonPieces;
  private readonly facts: AnswerFacts;

  constructor(
    private readonly request: ElementsRequest<Frame, Item, End>,
    private readonly onItems: ChunkHandler<Item>,
    { requestId, age }: AnswerHead,
  ) {
    this.facts = { requestId, age };
    this.pieces = new JsonPieces([request.path], (element) => this.read(element));
  }

  private read(element: unknown): void {
    const item = this.request.readElement(scrub(element));
    if (item === null) this.counts.unreadable += 1;
    else this.chunks.add(item);
  }

  async push(text: string): Promise<void> {
    this.pieces.push(text);
    this.chunks.count(text.length);
    await this.hand(this.chunks.take());
  }

  async end(): Promise<End | null> {
    const frame = this.request.frame.safeParse(scrub(this.pieces.end()).json);
    await this.breakOff();
    return frame.success ? this.request.end(frame.data, this.counts) : null;
  }

  breakOff(): Promise<void> {
    return this.hand(this.chunks.take(true));
  }

  private async hand(chunks: Item[][]): Promise<void> {
    for (const chunk of chunks) {
      await this.onItems(chunk, this.facts);
      this.counts.items += chunk.length;
    }
  }
}
