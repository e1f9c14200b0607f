import { z } from "zod";
import products from "@/sandbox/data/products.json";
import profiles from "@/sandbox/data/profiles.json";
import rows from "@/sandbox/data/providers.json";

const Support = z.enum(["automated", "assisted", "on_request"]).nullable();

const Provider = z.object({
  id: z.string(),
  display_name: z.string(),
  beta: z.boolean(),
  organization: Support,
  payroll: Support,
  deductions: Support,
  documents: Support,
  authentication_methods: z.array(z.enum(["credential", "oauth", "api_token", "assisted"])).min(1),
  profile: z.enum(["full_automated", "limited_payroll", "hris_only", "assisted"]),
  primary_color: z.string().optional(),
  /** What the API token form asks for: one token, or a client id and secret. */
  api_fields: z.literal("client").optional(),
});
export type Provider = z.infer<typeof Provider>;

const Profile = z.object({ unsupported: z.record(z.string(), z.array(z.string())) });

const Product = z.object({
  id: z.string(),
  support: z.enum(["organization", "payroll", "deductions", "documents"]),
  title: z.string(),
  reads: z.array(z.string()),
  writes: z.array(z.string()).optional(),
});
export type Product = z.infer<typeof Product>;

/** Finch's provider network, by display name (Finch: Provider Network). */
export const providers: Provider[] = z.array(Provider).parse(rows);
const byId = new Map(providers.map((provider) => [provider.id, provider]));
const profileByName = z.record(z.string(), Profile).parse(profiles);

/** The products that a Connect session may ask for. */
export const productCatalog: Product[] = z.array(Product).parse(products);

export function findProvider(id: string): Provider | null {
  return byId.get(id) ?? null;
}

/** The fields of a resource that a provider never gives. */
export function unsupportedFields(provider: Provider, resource: string): string[] {
  return profileByName[provider.profile]?.unsupported[resource] ?? [];
}

/** Whether the provider can serve a product at all; where it cannot, Finch answers 501. */
export function supportsProduct(provider: Provider, productId: string): boolean {
  const product = productCatalog.find((entry) => entry.id === productId);
  if (!product) return false;
  const support = provider[product.support];
  return support === "automated" || support === "assisted";
}

export function isAssistedOnly(provider: Provider): boolean {
  return provider.authentication_methods.every((method) => method === "assisted");
}

/** A copy of a record with null in place of what the provider does not give. */
export function withoutUnsupported<T extends object>(provider: Provider, resource: string, record: T): T {
  const copy: T = { ...record };
  for (const path of unsupportedFields(provider, resource)) setNull(copy, path.split("."));
  return copy;
}

function setNull(target: object, [key, ...rest]: string[]): void {
  if (key === undefined || !(key in target)) return;
  const value: unknown = Reflect.get(target, key);
  if (rest.length === 0) Reflect.set(target, key, null);
  else if (typeof value === "object" && value !== null) {
    const nested = { ...value };
    setNull(nested, rest);
    Reflect.set(target, key, nested);
  }
}
