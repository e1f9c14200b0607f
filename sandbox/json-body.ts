import type { FinchError } from "@/sandbox/errors";
import { invalidRequest } from "@/sandbox/errors";

/** Far more than any body of Finch's has, far less than what uses up the stack of those who read it. */
const maxNesting = 100;

const isTree = (value: unknown): value is object => typeof value === "object" && value !== null;

/** Whether lists and objects lie in each other too deep. It goes level by level, so that depth costs no stack. */
function isTooDeep(value: unknown): boolean {
  let level = [value].filter(isTree);
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > maxNesting) return true;
    const below: object[] = [];
    for (const tree of level) {
      for (const inner of Object.values(tree)) if (isTree(inner)) below.push(inner);
    }
    level = below;
  }
  return false;
}

/** The JSON of a body. @throws FinchError 400 where it is none, or nested deeper than anybody could read */
export function parseJsonBody(
  text: string,
  refuse: (message: string) => FinchError = invalidRequest,
): unknown {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw refuse("Request body is not valid JSON");
  }
  if (isTooDeep(body)) throw refuse(`Request body is nested deeper than ${maxNesting} levels`);
  return body;
}
