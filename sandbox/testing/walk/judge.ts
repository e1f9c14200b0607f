import { isObject, type FinchSchema, type Json } from "@/sandbox/testing/finch-schema";
import { isRule } from "@/sandbox/testing/walk/stops";
import { contradictions, leniencies, undeclared, type Undeclared } from "@/sandbox/testing/walk/exceptions";

export interface Heard {
  /** Method and path as Finch's reference writes them. */
  operation: string;
  /** What was sent, in words, for a person who reads the problem. */
  note: string;
  status: number;
  headers: Headers;
  body: Json;
}

const requestId = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
// In JSON a line break is written as two characters.
const trace = /(\\n|\n)\s+at |node_modules|[a-z]+\.ts:\d+/;
const dataResults = ["success", "error", "partial_error"];

/** Says of every answer what is wrong with it, and keeps which statuses and exceptions were met. */
export class Judge {
  readonly problems: string[] = [];
  /** "<operation> <status>" of every answer. */
  readonly reached = new Set<string>();
  private readonly used = new Set<string>();
  private readonly requestIds = new Set<string>();

  constructor(private readonly schema: FinchSchema) {}

  hear(heard: Heard): void {
    this.reached.add(`${heard.operation} ${heard.status}`);
    const text = JSON.stringify(heard.body);
    const wrong = [...this.headerProblems(heard), ...this.bodyProblems(heard)];
    if (heard.status >= 500 && heard.status !== 501) wrong.push("is a failure of the server");
    if (trace.test(text)) wrong.push("holds a stack trace");
    for (const problem of wrong) this.add(heard, problem);
  }

  add({ operation, note, status, body }: Heard, problem: string): void {
    const text = JSON.stringify(body) ?? "";
    this.problems.push(`${operation} (${note}) → ${status}: ${problem.trim()}; ${text.slice(0, 160)}`);
  }

  /** Whether bad input of this kind is taken all the same. */
  isLenient(operation: string, note: string): boolean {
    const row = leniencies.find((entry) => entry.operation === operation && entry.note.test(note));
    if (row) this.used.add(`${row.operation}: ${row.reason}`);
    return row !== undefined;
  }

  /** Declared statuses that no answer had. */
  unreached(among: readonly string[]): string[] {
    const declared = among.flatMap((operation) =>
      this.schema.statuses(operation).map((status) => `${operation} ${status}`),
    );
    return declared.filter((pair) => !this.reached.has(pair));
  }

  /** Exceptions, by operation, that no answer needed. */
  unused(among: readonly string[]): string[] {
    const needed = [
      ...pairsOf(undeclared).filter(([id, { status }]) => !this.schema.hasBody(id, status)),
      ...pairsOf(contradictions),
    ].filter(([id]) => among.includes(id));
    const lenient = leniencies.map(({ operation, reason }) => `${operation}: ${reason}`);
    const names = [...needed.map(([id, row]) => nameOf(id, row)), ...lenient];
    return names.filter((name) => !this.used.has(name));
  }

  private headerProblems({ headers, operation, status }: Heard): string[] {
    const id = headers.get("finch-request-id") ?? "";
    const wrong: string[] = [];
    if (!requestId.test(id)) wrong.push(`Finch-Request-Id is "${id}"`);
    if (this.requestIds.has(id)) wrong.push("Finch-Request-Id was seen before");
    this.requestIds.add(id);
    if (!headers.get("content-type")?.startsWith("application/json")) wrong.push("is not JSON");
    const isData =
      operation.includes(" /employer/") && !isRule(operation) && (status === 200 || status === 207);
    if (isData && !instant.test(headers.get("finch-data-retrieved") ?? ""))
      wrong.push("lacks Finch-Data-Retrieved");
    const attempted = headers.get("finch-last-attempted-update-date");
    if ((isData || attempted) && !instant.test(attempted ?? ""))
      wrong.push("lacks Finch-Last-Attempted-Update-Date");
    const result = headers.get("finch-last-attempted-update-result");
    if ((isData || result) && !dataResults.includes(result ?? ""))
      wrong.push("lacks Finch-Last-Attempted-Update-Result");
    return wrong;
  }

  private bodyProblems(heard: Heard): string[] {
    const { operation, status, body } = heard;
    const declared = this.declaredProblems(operation, status, body);
    if (declared === null) return [...this.undeclaredProblems(heard), ...this.codeProblems(status, body)];
    if (declared.length === 0) return this.codeProblems(status, body);
    const row = contradictions.find((entry) => isAbout(entry, heard));
    const isMended = row && this.declaredProblems(operation, status, row.mend(body))?.length === 0;
    if (isMended) this.used.add(nameOf(operation, row));
    return isMended ? [] : declared;
  }

  private declaredProblems(operation: string, status: number, body: Json): string[] | null {
    const [method = "", route = ""] = operation.split(" ");
    return this.schema.problems(method, route, status, body);
  }

  private undeclaredProblems(heard: Heard): string[] {
    const row = undeclared.find((entry) => isAbout(entry, heard) && (entry.when?.(heard.body) ?? true));
    if (!row) return ["is not declared, and no exception says why"];
    this.used.add(nameOf(heard.operation, row));
    return this.shapeProblems(row, heard.body);
  }

  /** The numbers in an error's body are the status. */
  private codeProblems(status: number, body: Json): string[] {
    if (status < 400 || !isObject(body)) return [];
    const numbers = ["code", "status", "statusCode"].filter((key) => key in body && body[key] !== status);
    const message = body["message"];
    return [
      ...numbers.map((key) => `${key} is ${JSON.stringify(body[key])}`),
      ...(typeof message === "string" && message.trim() === "" ? ["the message is empty"] : []),
    ];
  }

  private shapeProblems({ shape }: Undeclared, body: Json): string[] {
    if (typeof shape === "string") return this.schema.componentProblems(shape, body);
    return shape(body) ? [] : ["is not what the exception says"];
  }
}

interface Row {
  status: number;
  operations: readonly string[];
  reason: string;
}

const nameOf = (operation: string, { status, reason }: Row) => `${operation} ${status}: ${reason}`;

const isAbout = ({ status, operations }: Row, heard: Heard) =>
  status === heard.status && operations.includes(heard.operation);

const pairsOf = (rows: readonly Row[]) =>
  rows.flatMap((row) => row.operations.map((id): [string, Row] => [id, row]));

/** Whoever is told of answers. */
export type Hearer = Pick<Judge, "hear" | "add" | "isLenient">;
