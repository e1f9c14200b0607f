/** Where one record's pay ends and the other's begins (DOMAIN 1.8). */
export type Seam =
  | { kind: "seam"; until: string; from: string }
  /** Both were paid on these days: a person may be counted twice. */
  | { kind: "overlap"; from: string; to: string }
  | { kind: "unpaid" };

export interface PaidDays {
  /** ISO days; null where nothing with a pay date is here. */
  firstPayDate: string | null;
  lastPayDate: string | null;
}

/** The seam between two records' pay: which days both were paid on, or when one followed the other. */
export function seamOf(a: PaidDays, b: PaidDays): Seam {
  if (!a.firstPayDate || !a.lastPayDate || !b.firstPayDate || !b.lastPayDate) return { kind: "unpaid" };
  const from = a.firstPayDate > b.firstPayDate ? a.firstPayDate : b.firstPayDate;
  const to = a.lastPayDate < b.lastPayDate ? a.lastPayDate : b.lastPayDate;
  return from <= to ? { kind: "overlap", from, to } : { kind: "seam", until: to, from };
}
