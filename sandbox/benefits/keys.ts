/** What the enrollments of one person are grouped under in the store. */
export const personKey = (row: { connectionId: string; entityId: string; individualId: string }) =>
  `${row.connectionId}/${row.entityId}/${row.individualId}`;

export const enrollmentKey = (benefitId: string, individualId: string) => `${benefitId}/${individualId}`;
