/** What the enrollments of one person are grouped under in the store. */
export const personKey = (row: { connectionId: string; entityId: string; individualId: string }) =>
  `${row.connectionId}/${row.entityId}/${row.individualId}`;

export const enrollmentKey = (benefitId: string, individualId: string) => `${benefitId}/${individualId}`;

type Placed = { place: number };

/** The place behind all others. */
export const nextPlace = (rows: readonly Placed[]): number =>
  rows.reduce((last, row) => Math.max(last, row.place), -1) + 1;

/** In the order in which they were made, also after a restart. */
export const byPlace = <T extends Placed>(rows: T[]): T[] => rows.sort((a, b) => a.place - b.place);
