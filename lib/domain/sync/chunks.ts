/** Rows in one transaction: small enough that a kill repeats little and progress shows. */
export const chunkSize = 1_000;

/** Splits a list; an empty one is one empty chunk, so that its page is written down too. */
export function inChunks<T>(list: readonly T[], size = chunkSize): T[][] {
  const chunks: T[][] = [];
  for (let from = 0; from < list.length; from += size) chunks.push(list.slice(from, from + size));
  return chunks.length > 0 ? chunks : [[]];
}
