const units = ["B", "kB", "MB", "GB"];

/** A size in bytes as "812 B", "1.4 kB", "76 MB": thousands, two digits that matter. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 9.95 ? 0 : 1;
  return `${value.toLocaleString("en-US", { maximumFractionDigits: digits })} ${units[unit] ?? ""}`;
}
