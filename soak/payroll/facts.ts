/** Figures by what they are of, as text: a person or everybody, a currency, a figure. Zero is the same as nothing. */
export type Facts = Map<string, string>;

/** @param place a person (its records), "total", or what else a figure is of */
export function note(
  facts: Facts,
  place: string,
  currency: string,
  figure: string,
  value: bigint | number | string | null,
): void {
  if (value === null || value === 0 || value === 0n || value === "0") return;
  const name = [place, currency, figure].join(" | ");
  if (facts.has(name)) throw new Error(`${name} is said twice`);
  facts.set(name, String(value));
}

/** Where two sets of figures differ, one line each. */
export function differencesOf(expected: Facts, found: Facts): string[] {
  return [...new Set([...expected.keys(), ...found.keys()])]
    .filter((name) => expected.get(name) !== found.get(name))
    .map(
      (name) => `${name}: Finch gives ${expected.get(name) ?? "none"}, Perch ${found.get(name) ?? "none"}`,
    );
}
