import Assembler from "stream-json/core/assembler.js";
import { jsonParser, type Token } from "stream-json/core/parser.js";
import { deepest } from "../http/depth";

/** Where elements stand: the keys from the root to their list; `*` is any place in a list. */
export type ListPath = readonly string[];

/** The text is no JSON, or one piece of it is larger than anything that Finch sends. */
export class BadJson extends Error {
  constructor() {
    super("The answer is not JSON");
    this.name = "BadJson";
  }
}

/** An object so large is nothing of Finch's: a payment of 200,000 people has 8 million characters. */
const largestPiece = 32 * 1024 * 1024;

const opens = new Set(["startArray", "startObject"]);

/**
 * Reads JSON from pieces of text. Elements of the lists that are asked for are handed over as soon as they are
 * complete and then forgotten; the rest of the document is kept.
 */
export class JsonPieces {
  // Whole keys, strings and numbers, and no pieces of them: twice as fast as the parser's defaults.
  private readonly parse = jsonParser({ packValues: true, streamValues: false });
  private readonly assembler = new Assembler();
  /** Lists in hand that are asked for, the innermost last. */
  private readonly open: { list: unknown[]; path: number }[] = [];
  private sinceElement = 0;

  /** @param onElement is told which of the paths the element stands in */
  constructor(
    private readonly paths: readonly ListPath[],
    private readonly onElement: (element: unknown, path: number) => void,
  ) {}

  /** @throws BadJson */
  push(text: string): void {
    this.sinceElement += text.length;
    if (this.sinceElement > largestPiece) throw new BadJson();
    for (const token of this.tokensOf(text)) this.take(token);
  }

  /** The document without the elements. @throws BadJson where it is not complete */
  end(): unknown {
    if (!this.assembler.done) throw new BadJson();
    return this.assembler.current;
  }

  /** An object on the way to the place where the text has arrived; 0 is the root. */
  parent(level: number): unknown {
    return this.assembler.stack[2 * level];
  }

  private tokensOf(text: string): readonly Token[] {
    try {
      const tokens = this.parse(text);
      return typeof tokens === "symbol" ? [] : tokens.values;
    } catch {
      throw new BadJson();
    }
  }

  private take(token: Token): void {
    const { assembler } = this;
    const innermost = this.open.at(-1);
    if (token.name === "endArray" && innermost && assembler.current === innermost.list) this.open.pop();
    assembler.consume(token);
    if (opens.has(token.name) && assembler.depth > deepest) throw new BadJson();
    if (token.name === "startArray") this.watch();
    const last = this.open.at(-1);
    if (last && assembler.current === last.list && last.list.length > 0) {
      this.sinceElement = 0;
      this.onElement(last.list.pop(), last.path);
    }
  }

  /** Remembers the list that has just begun where it is one of those asked for. */
  private watch(): void {
    const { stack, current } = this.assembler;
    const path = this.paths.findIndex(
      (keys) =>
        keys.length * 2 === stack.length && keys.every((key, at) => (stack[2 * at + 1] ?? "*") === key),
    );
    if (path >= 0) this.open.push({ list: current as unknown[], path });
  }
}
