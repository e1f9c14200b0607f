import { createWriteStream, existsSync, statSync, type WriteStream } from "node:fs";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { bold, dim, red, yellow } from "./terminal";

const logLimitBytes = 10_000_000;
const keptLines = 30;
const warn = 40;
const error = 50;

/**
 * Writes what a child prints to its log file and shows the person what matters: warnings and errors, or all of
 * it. Keeps the last lines that were not shown, to explain a child that died.
 */
export class ChildOutput {
  readonly tail: string[] = [];
  private readonly file: WriteStream;

  constructor(
    private readonly name: string,
    readonly logFile: string,
    private readonly showAll: boolean,
  ) {
    const tooLong = existsSync(logFile) && statSync(logFile).size > logLimitBytes;
    this.file = createWriteStream(logFile, { flags: tooLong ? "w" : "a", mode: 0o600 });
    this.file.on("error", () => undefined);
  }

  read(stream: Readable, isError: boolean): void {
    createInterface({ input: stream }).on("line", (line) => this.take(line, isError));
  }

  close(): void {
    this.file.end();
  }

  private take(line: string, isError: boolean): void {
    this.file.write(`${line}\n`);
    const entry = parse(line);
    const level = entry?.level ?? (isError ? warn : 0);
    if (!this.showAll && level < warn) {
      this.tail.push(line);
      if (this.tail.length > keptLines) this.tail.shift();
      return;
    }
    const text = entry ? [entry.msg, entry.error].filter(Boolean).join(": ") : line;
    const paint = level >= error ? red : level >= warn ? yellow : dim;
    console.log(`${dim(new Date().toTimeString().slice(0, 8))}  ${bold(this.name.padEnd(8))} ${paint(text)}`);
  }
}

function parse(line: string): { level: number; msg: string; error: string } | null {
  if (!line.startsWith("{")) return null;
  try {
    const entry = JSON.parse(line) as {
      level?: unknown;
      msg?: unknown;
      err?: { message?: string; code?: string };
    };
    if (typeof entry.level !== "number") return null;
    const msg = typeof entry.msg === "string" ? entry.msg : "";
    return { level: entry.level, msg, error: entry.err?.message ?? entry.err?.code ?? "" };
  } catch {
    return null;
  }
}
