/** What a long proof found; kept with commit and seed in docs/figures.md. */
export interface SoakResult {
  soak: string;
  pass: boolean;
  detail: Record<string, number | string>;
}
