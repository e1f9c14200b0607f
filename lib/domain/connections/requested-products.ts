/**
 * What an employer is asked to share: what Perch shows, and no more. Finch
 * Connect lists the same before anybody agrees.
 */
export const requestedProducts = ["company", "directory", "individual", "employment", "ssn"] as const;
