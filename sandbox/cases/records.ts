/** Where a case of the seed `cases` is found. */
export interface CaseRow {
  number: number;
  connectionId: string;
  individualId: string | null;
  paymentId: string | null;
}
