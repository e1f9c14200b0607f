/** Finch's answers have some ten levels. What is nested deeper than this ends the stack of whoever walks through it. */
export const deepest = 100;

/** Whether parsed JSON is nested deeper than any answer of Finch. Pure; keeps its own stack. */
export function isTooDeep(json: unknown): boolean {
  let level: unknown[] = [json];
  for (let depth = 0; depth <= deepest; depth += 1) {
    level = level.flatMap(partsOf);
    if (level.length === 0) return false;
  }
  return true;
}

const partsOf = (value: unknown): unknown[] =>
  typeof value === "object" && value !== null ? Object.values(value) : [];
