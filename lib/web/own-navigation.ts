/**
 * Whether a GET that begins something is a person's own step: from a page of ours, or from an address that was typed.
 * Browsers say so themselves; a page elsewhere cannot forge it. What fetches ahead is nobody's step.
 */
export function isOwnNavigation(headers: Headers): boolean {
  const site = headers.get("sec-fetch-site");
  const ahead = headers.has("sec-purpose") || headers.get("purpose") === "prefetch";
  return !ahead && (site === null || site === "same-origin" || site === "none");
}
