/** What one browser gets, once. It is in no page, no log, no cache and no export. */
export interface RevealedView {
  value: string;
  /** How long it may stand on a screen. */
  visibleSeconds: number;
}

export const visibleSeconds = 60;
