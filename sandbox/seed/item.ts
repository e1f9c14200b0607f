/** The item at a place that is known to exist. */
export function itemAt<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new RangeError(`nothing at place ${index} of ${items.length}`);
  return item;
}
