/** '' where the connection has a single entity. */
export interface EntityScope {
  entityId: string;
}

/** Finch takes exactly one entity a request (API-SURFACE §1). */
export const entityQuery = ({ entityId }: EntityScope) => (entityId === "" ? {} : { entity_ids: [entityId] });
