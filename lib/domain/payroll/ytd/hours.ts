/** Hours are decimals of any length as text ("79.9833"): added without ever being a floating-point number. */

const decimal = /^(-?)(\d+)(?:\.(\d+))?$/;

/** The sum of decimals, without zeros that say nothing. A text that is none counts as nothing. */
export function addHours(values: readonly string[]): string {
  const parts = values.flatMap((value) => {
    const match = decimal.exec(value);
    return match ? [{ minus: match[1] === "-", whole: match[2] ?? "0", fraction: match[3] ?? "" }] : [];
  });
  const digits = Math.max(0, ...parts.map(({ fraction }) => fraction.length));
  const total = parts.reduce((sum, { minus, whole, fraction }) => {
    const units = BigInt(whole + fraction.padEnd(digits, "0"));
    return minus ? sum - units : sum + units;
  }, 0n);
  const text = (total < 0n ? -total : total).toString().padStart(digits + 1, "0");
  const cut = text.length - digits;
  const fraction = text.slice(cut).replace(/0+$/, "");
  return `${total < 0n ? "-" : ""}${text.slice(0, cut)}${fraction ? `.${fraction}` : ""}`;
}
