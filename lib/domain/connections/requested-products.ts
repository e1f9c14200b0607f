import { productName } from "@/lib/domain/sync/plan";

/**
 * What an employer is asked to share: what Perch shows, and no more. Finch
 * Connect lists the same before anybody agrees.
 */
export const requestedProducts = [
  "company",
  "directory",
  "individual",
  "ssn",
  "employment",
  "payment",
  "pay_statement",
  "benefits",
  "documents",
] as const;
export type RequestedProduct = (typeof requestedProducts)[number];

/**
 * Those of them that a provider has, as Finch lists it; all where it is not known which one the employer takes.
 * Social Security numbers come with personal data: Finch lists them for some providers and means them for all.
 */
export function requestedProductsOf(
  provider: { products: readonly string[] } | null | undefined,
): RequestedProduct[] {
  const offered = new Set((provider?.products ?? []).map(productName));
  const has = (product: RequestedProduct) => offered.has(product === "ssn" ? "individual" : product);
  const asked = requestedProducts.filter(has);
  return asked.length > 0 ? asked : [...requestedProducts];
}

/** What a connection was never given of that: not lost, only not asked for or not agreed to yet. */
export function absentProductsOf(
  connection: { products: readonly string[]; lostProducts: readonly string[] },
  provider: { products: readonly string[] } | null | undefined,
): RequestedProduct[] {
  const known = new Set([...connection.products, ...connection.lostProducts].map(productName));
  return requestedProductsOf(provider).filter((product) => !known.has(product));
}
