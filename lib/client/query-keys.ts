/**
 * Every key starts with the user and the customer: what one person saw at one
 * employer is never shown to another person or at another employer (SECURITY 6).
 */
export interface QueryScope {
  userId: string;
  customerId: string;
}

export const queryKeys = {
  scope: ({ userId, customerId }: QueryScope) => [userId, customerId] as const,
  connections: (scope: QueryScope) => [...queryKeys.scope(scope), "connections"] as const,
  /** Of staff: the customer is the platform. */
  quota: (scope: QueryScope) => [...queryKeys.scope(scope), "quota"] as const,
  providers: (scope: QueryScope) => [...queryKeys.scope(scope), "providers"] as const,
  connection: (scope: QueryScope, connectionId: string) =>
    [...queryKeys.scope(scope), "connections", connectionId] as const,
} as const;
