import { extendTailwindMerge } from "tailwind-merge";

const merge = extendTailwindMerge({
  extend: { theme: { shadow: ["control", "float", "dialog"], tracking: ["title", "figure", "mask"] } },
});

/** Joins class names; a later utility wins over an earlier one of the same kind. */
export function cn(...classes: (string | number | bigint | false | null | undefined)[]): string {
  return merge(classes.filter(Boolean).join(" "));
}
