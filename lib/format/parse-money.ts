/**
 * An amount as people type it in minor units: "24,500", "$1,234.5" and "−12.00" with 2 digits are 2450000, 123450 and
 * -1200. Null where it is no amount, or has more digits than the currency. Never by way of a float.
 */
export function parseMoney(text: string, digits = 2): bigint | null {
  const plain = text.replace(/[\s,$]/g, "").replace(/^[−–]/, "-");
  const found = /^(-?)(\d{1,13})(?:\.(\d*))?$/.exec(plain);
  if (!found) return null;
  const [, sign = "", whole = "", fraction = ""] = found;
  if (fraction.length > digits) return null;
  return BigInt(`${sign}${whole}${fraction.padEnd(digits, "0")}`);
}
