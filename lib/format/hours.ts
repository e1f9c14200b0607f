/** "1906.74" as "1,906.74". Hours are decimals of any length as text, and never become a floating-point number. */
export function formatHours(hours: string): string {
  const match = /^(-?)(\d+)(\.\d+)?$/.exec(hours);
  if (!match) return hours;
  const [, minus = "", whole = "", fraction = ""] = match;
  return `${minus ? "−" : ""}${BigInt(whole).toLocaleString("en-US")}${fraction}`;
}
