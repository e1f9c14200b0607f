const scale = 1_000_000_000_000n;

/** A number of a statement as whole units of 1e-12, so that sums are exact. */
export function scaled(value: number): bigint {
  const [whole = "0", fraction = ""] = String(Math.abs(value)).split(".");
  const units = BigInt(whole) * scale + BigInt(fraction.padEnd(12, "0").slice(0, 12));
  return value < 0 ? -units : units;
}

/** A decimal number in its shortest form, whoever wrote it. */
export function decimal(value: string | number | bigint | null): string | null {
  if (value === null) return null;
  const text = String(value);
  return text.includes(".") ? text.replace(/0+$/, "").replace(/\.$/, "") : text;
}

export function unscaled(units: bigint): string {
  const sign = units < 0n ? "-" : "";
  const size = units < 0n ? -units : units;
  return (
    sign +
    (decimal(`${size / scale}.${(size % scale).toString().padStart(12, "0")}`) ?? "").replace(/^$/, "0")
  );
}
