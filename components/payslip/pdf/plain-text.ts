/**
 * What may stand in a PDF (SECURITY 14): no control characters, no marks that turn the direction of text, nothing
 * invisible; what a reader would take for one thing is not another. Spaces and dashes stay what they are.
 */
export function plainText(text: string): string {
  return text
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/[\p{Cf}\p{Cs}\p{Co}\p{Cn}]+/gu, "")
    .replace(/ {2,}/g, " ")
    .trim();
}
