import { isObject, type FinchSchema, type Json } from "@/sandbox/testing/finch-schema";
import { isRule } from "@/sandbox/testing/walk/stops";
import { exceptions, leniencies, type Exception } from "@/sandbox/testing/walk/exceptions";

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
const trace = /\n\s+at |node_modules|[a-z]+\.ts:\d+/;
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
    const lenient = leniencies.map(({ operation, reason }) => `${operation}: ${reason}`);
    const needed = exceptions
      .flatMap((exception) => exception.operations.map((operation) => ({ operation, exception })))
      .filter(({ operation, exception }) => among.includes(operation) && this.isNeeded(operation, exception))
      .map(({ operation, exception }) => nameOf(operation, exception));
    return [...needed, ...lenient].filter((name) => !this.used.has(name));
  }

  private isNeeded(operation: string, { status, when }: Exception): boolean {
    return when !== undefined || !this.schema.hasBody(operation, status);
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

  private bodyProblems({ operation, status, body }: Heard): string[] {
    const [method = "", route = ""] = operation.split(" ");
    const problems = this.schema.problems(method, route, status, body);
    if (problems?.length === 0) return this.codeProblems(status, body);
    const exception = exceptions.find((row) => applies(row, { operation, status, body }));
    if (!exception) return problems ?? ["is not declared, and no exception says why"];
    this.used.add(nameOf(operation, exception));
    return [...this.shapeProblems(exception, body), ...this.codeProblems(status, body)];
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

  private shapeProblems({ shape }: Exception, body: Json): string[] {
    if (typeof shape === "string") return this.schema.componentProblems(shape, body);
    return shape(body) ? [] : ["is not what the exception says"];
  }
}

const nameOf = (operation: string, exception: Exception) =>
  `${operation} ${exception.status}: ${exception.reason}`;

function applies(row: Exception, heard: Pick<Heard, "operation" | "status" | "body">): boolean {
  if (row.status !== heard.status || !row.operations.includes(heard.operation)) return false;
  return row.when === undefined || row.when(heard.body);
}

/** Whoever is told of answers. */
export type Hearer = Pick<Judge, "hear" | "add" | "isLenient">;
