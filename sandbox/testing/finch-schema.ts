import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

const beside = path.resolve(import.meta.dirname, "../../../shared/finch/openapi.json");

/** Finch's OpenAPI document on this machine, or null. It is Finch's, so the project has no copy. */
export function findOpenApi(): string | null {
  const file = process.env["FINCH_OPENAPI"] ?? beside;
  return existsSync(file) ? file : null;
}

export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A variant that says nothing but "nullable" stands for null: without a type it would be all there is. */
const toVariant = (node: Json): Json =>
  isObject(node) && node["nullable"] === true && Object.keys(node).length === 1 ? { type: "null" } : node;

/** Limits that are marked as exclusive, as 3.0 does. */
function withExclusiveLimits(schema: JsonObject): JsonObject {
  const { minimum, exclusiveMinimum, ...rest } = schema;
  if (typeof exclusiveMinimum !== "boolean") return schema;
  if (minimum === undefined) return rest;
  return exclusiveMinimum ? { ...rest, exclusiveMinimum: minimum } : { ...rest, minimum };
}

/** Turns `nullable` of OpenAPI 3.0, which the document mixes into 3.1, into what ajv knows. */
function withoutNullable(node: Json): Json {
  if (Array.isArray(node)) return node.map(withoutNullable);
  if (!isObject(node)) return node;
  const copy: JsonObject = {};
  for (const [key, value] of Object.entries(withExclusiveLimits(node))) {
    const isChoice = (key === "oneOf" || key === "anyOf") && Array.isArray(value);
    copy[key] = withoutNullable(isChoice ? value.map(toVariant) : value);
  }
  if (typeof node["nullable"] !== "boolean") return copy;
  const { nullable: _nullable, ...rest } = copy;
  if (node["nullable"] && typeof rest["type"] === "string") {
    if (Array.isArray(rest["enum"]) && !rest["enum"].includes(null)) rest["enum"] = [...rest["enum"], null];
    return { ...rest, type: [rest["type"], "null"] };
  }
  return rest;
}

export interface Parameter {
  name: string;
  in: "query" | "header" | "path";
  required: boolean;
  schema: JsonObject;
}

/** Finch's document: what it declares, and whether an answer is what it says. */
export class FinchSchema {
  private readonly ajv: Ajv2020;
  private readonly document: JsonObject;
  private readonly compiled = new Map<string, ValidateFunction>();

  constructor(file: string) {
    const document = withoutNullable(JSON.parse(readFileSync(file, "utf8")) as Json);
    if (!isObject(document)) throw new Error(`${file} is no OpenAPI document`);
    this.document = document;
    this.ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
    formats.default(this.ajv);
    this.ajv.addSchema(this.document, "finch");
  }

  /** All operations of the document, as method and path. */
  operations(): string[] {
    const isMethod = (key: string) => /^(get|post|put|patch|delete)$/.test(key);
    return Object.entries(this.objectAt(["paths"])).flatMap(([route, methods]) =>
      Object.keys(isObject(methods) ? methods : {})
        .filter(isMethod)
        .map((method) => `${method.toUpperCase()} ${route}`),
    );
  }

  /** The statuses that an operation declares. */
  statuses(operation: string): number[] {
    return Object.keys(this.objectAt([...this.stepsTo(operation), "responses"])).map(Number);
  }

  /** Whether it says what the body of a status is. */
  hasBody(operation: string, status: number): boolean {
    return this.at([...this.stepsTo(operation), "responses", String(status), "content"]) !== undefined;
  }

  /** What is wrong with a body, or null where the document says nothing about this status. */
  problems(method: string, route: string, status: number, body: unknown): string[] | null {
    const steps = [...this.stepsTo(`${method} ${route}`), "responses", String(status)];
    return this.check([...steps, "content", "application/json", "schema"], body);
  }

  /** What is wrong with a body that should be one of the document's components. */
  componentProblems(name: string, body: unknown): string[] {
    const problems = this.check(["components", "schemas", name], body);
    if (!problems) throw new Error(`The document has no component ${name}`);
    return problems;
  }

  /** What is wrong with a request's body, or null where the operation takes none. */
  requestProblems(operation: string, body: unknown): string[] | null {
    return this.check([...this.stepsTo(operation), ...requestSteps], body);
  }

  /** What the document says about a request's body, or null where the operation takes none. */
  requestSchema(operation: string): JsonObject | null {
    const schema = this.at([...this.stepsTo(operation), ...requestSteps]);
    return isObject(schema) ? this.resolve(schema) : null;
  }

  /** The parameters of an operation, those of its path among them. */
  parameters(operation: string): Parameter[] {
    const steps = this.stepsTo(operation);
    const lists = [this.at([...steps.slice(0, 2), "parameters"]), this.at([...steps, "parameters"])];
    const found = lists.flatMap((list) => (Array.isArray(list) ? list : []));
    return found.filter(isObject).map((entry) => {
      const row = this.resolve(entry);
      const schema = isObject(row["schema"]) ? this.resolve(row["schema"]) : {};
      const place = row["in"] === "path" || row["in"] === "header" ? row["in"] : "query";
      const name = typeof row["name"] === "string" ? row["name"] : "";
      return { name, in: place, required: row["required"] === true, schema };
    });
  }

  /** Follows `$ref` to what it names. */
  resolve(node: JsonObject): JsonObject {
    const ref = node["$ref"];
    if (typeof ref !== "string") return node;
    const found = this.at(ref.slice(2).split("/").map(decodePointer));
    if (!isObject(found)) throw new Error(`The document has no ${ref}`);
    return this.resolve(found);
  }

  private stepsTo(operation: string): string[] {
    const [method = "", route = ""] = operation.split(" ");
    return ["paths", route, method.toLowerCase()];
  }

  private check(steps: string[], body: unknown): string[] | null {
    if (this.at(steps) === undefined) return null;
    const pointer = steps.map(encodePointer).join("/");
    let validate = this.compiled.get(pointer);
    if (!validate) {
      validate = this.ajv.compile({ $ref: `finch#/${pointer}` });
      this.compiled.set(pointer, validate);
    }
    if (validate(body)) return [];
    return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
  }

  private objectAt(steps: string[]): JsonObject {
    const found = this.at(steps);
    return isObject(found) ? found : {};
  }

  private at(steps: string[]): Json | undefined {
    let node: Json | undefined = this.document;
    for (const step of steps) {
      if (!isObject(node)) return undefined;
      const next: Json | undefined = node[step];
      node = isObject(next) && typeof next["$ref"] === "string" ? this.resolve(next) : next;
    }
    return node;
  }
}

const requestSteps = ["requestBody", "content", "application/json", "schema"];

const encodePointer = (step: string) => encodeURIComponent(step.replaceAll("~", "~0").replaceAll("/", "~1"));
const decodePointer = (step: string) => decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~");
