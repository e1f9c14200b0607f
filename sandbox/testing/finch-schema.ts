import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

const beside = path.resolve(import.meta.dirname, "../../../shared/finch/openapi.json");

/** Finch's OpenAPI document on this machine, or null. It is Finch's, so the project has no copy. */
export function findOpenApi(): string | null {
  const file = process.env["FINCH_OPENAPI"] ?? beside;
  return existsSync(file) ? file : null;
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Turns `nullable` of OpenAPI 3.0, which the document mixes into 3.1, into what ajv knows. */
function withoutNullable(node: Json): Json {
  if (Array.isArray(node)) return node.map(withoutNullable);
  if (node === null || typeof node !== "object") return node;
  const copy: { [key: string]: Json } = {};
  for (const [key, value] of Object.entries(node)) copy[key] = withoutNullable(value);
  if (typeof node["nullable"] !== "boolean") return copy;
  const { nullable: _nullable, ...rest } = copy;
  if (node["nullable"] && typeof rest["type"] === "string") {
    if (Array.isArray(rest["enum"]) && !rest["enum"].includes(null)) rest["enum"] = [...rest["enum"], null];
    return { ...rest, type: [rest["type"], "null"] };
  }
  return rest;
}

/** Checks answers against the document. */
export class FinchSchema {
  private readonly ajv: Ajv2020;
  private readonly document: { [key: string]: Json };

  constructor(file: string) {
    this.document = withoutNullable(JSON.parse(readFileSync(file, "utf8")) as Json) as {
      [key: string]: Json;
    };
    this.ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
    formats.default(this.ajv);
    this.ajv.addSchema(this.document, "finch");
  }

  /** What is wrong with a body, or null where the document says nothing about this status. */
  problems(method: string, route: string, status: number, body: unknown): string[] | null {
    const escaped = route.replaceAll("~", "~0").replaceAll("/", "~1");
    const steps = [
      "paths",
      route,
      method.toLowerCase(),
      "responses",
      String(status),
      "content",
      "application/json",
      "schema",
    ];
    if (this.at(steps) === undefined) return null;
    const pointer = ["paths", escaped, ...steps.slice(2, 6), "application~1json", "schema"]
      .map((step) => encodeURIComponent(step))
      .join("/");
    const validate = this.ajv.compile({ $ref: `finch#/${pointer}` });
    if (validate(body)) return [];
    return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
  }

  private at(steps: string[]): Json | undefined {
    let node: Json | undefined = this.document;
    for (const step of steps) {
      if (node === null || typeof node !== "object" || Array.isArray(node)) return undefined;
      node = node[step];
    }
    return node;
  }
}
