/** Who goes first; every fifth grant of an endpoint goes to the lowest that waits, so that nobody starves. */
export const priorities = { person: 0, webhook: 1, scheduled: 2 } as const;
export type QuotaPriority = (typeof priorities)[keyof typeof priorities];
