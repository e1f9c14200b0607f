/** One measured figure with the bar it has to hold (docs/figures.md). */
export interface Figure {
  figure: string;
  value: number;
  bar: string;
  pass: boolean;
  detail: string;
}

/** A figure that must not be larger than `most`. */
export function atMost(figure: string, value: number, most: number, detail: string): Figure {
  return { figure, value: Number(value.toFixed(3)), bar: `<= ${most}`, pass: value <= most, detail };
}

/** A figure that must not be smaller than `least`. */
export function atLeast(figure: string, value: number, least: number, detail: string): Figure {
  return { figure, value: Number(value.toFixed(3)), bar: `>= ${least}`, pass: value >= least, detail };
}

/** A figure without a bar: it says what there is. */
export function measured(figure: string, value: number, detail: string): Figure {
  return { figure, value: Number(value.toFixed(1)), bar: "none", pass: true, detail };
}
