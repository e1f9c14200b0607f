import { z } from "zod";
import products from "@/sandbox/data/products.json";
import profiles from "@/sandbox/data/profiles.json";
import rows from "@/sandbox/data/providers.json";
import type { AuthMethod } from "@/sandbox/records";

const Support = z.enum(["automated", "assisted", "on_request"]).nullable();
const Method = z.enum(["credential", "oauth", "api_token", "assisted"]);

const Provider = z.object({
  id: z.string(),
  display_name: z.string(),
  beta: z.boolean(),
  organization: Support,
  payroll: Support,
  deductions: Support,
  documents: Support,
  authentication_methods: z.array(Method).min(1),
  profile: z.enum(["full_automated", "limited_payroll", "hris_only", "assisted"]),
  primary_color: z.string().optional(),
  /** What the API token form asks for: one token, or a client id and secret. */
  api_fields: z.literal("client").optional(),
  /** How far back its pay statements go; without it, to 2020 (Finch: Data Syncs, "Pay statements"). */
  historyMonths: z.number().int().positive().optional(),
  /** The logins that requests can be forwarded with (Finch: Request Forwarding, "Supported Integrations"). */
  forwarding: z.array(Method).optional(),
  /** Whether a failed login can be replaced by a new administrator (Finch: Configure Auth Methods). */
  fallback: z.literal(true).optional(),
  /** The employer types a number of this many digits, and the provider lets Finch in later (Finch: Provider Setup). */
  clientIdDigits: z.number().int().positive().optional(),
  /** How it gives SSNs. Finch says that it depends, and names no provider (Finch: Enable SSN Field). */
  ssn: z.literal("encrypted").optional(),
  /** Fields given to applications that asked Finch for them (Finch: Provider Setup, "Workday"). */
  onRequest: z.array(z.string()).optional(),
});
export type Provider = z.infer<typeof Provider>;

const Profile = z.object({
  /** Fields that are always null, by section of `supported_fields`. */
  unsupported: z.record(z.string(), z.array(z.string())),
  /** Sections whose endpoints answer 501. */
  lacks: z.array(z.string()).default([]),
});

const Product = z.object({
  id: z.string(),
  support: z.enum(["organization", "payroll", "deductions", "documents"]),
  title: z.string(),
  /** What is read, grouped as the consent page tells it (Finch: Data Access Controls). */
  groups: z.array(
    z.object({ title: z.string(), fields: z.array(z.string()), sensitive: z.boolean().default(false) }),
  ),
  writes: z.array(z.string()).optional(),
});
export type Product = z.infer<typeof Product>;

/**
 * Finch's provider network (Finch: Provider Network; the id `remotepass` stands there twice, as Remote and as
 * RemotePass). Methods, where the pages name them: Configure Auth Methods, Request Forwarding, Provider
 * Sandboxes, Quickstart; the others and the profiles are this emulator's.
 */
export const providers: Provider[] = z.array(Provider).parse(rows);
const byId = new Map(providers.map((provider) => [provider.id, provider]));
const profileByName = z.record(z.string(), Profile).parse(profiles);

/** The products that a Connect session may ask for. */
export const productCatalog: Product[] = z.array(Product).parse(products);
const productById = new Map(productCatalog.map((product) => [product.id, product]));

export function findProvider(id: string): Provider | null {
  return byId.get(id) ?? null;
}

const assistedViews = new Map<string, Provider>();

/** A provider as one login sees it: what Finch's people read by hand has the fields of assisted providers. */
export function seenThrough(provider: Provider, method: AuthMethod): Provider {
  if (method !== "assisted" || provider.profile === "assisted") return provider;
  const known = assistedViews.get(provider.id);
  if (known) return known;
  const view: Provider = { ...provider, profile: "assisted" };
  assistedViews.set(provider.id, view);
  return view;
}

/** The fields of a section that a provider never gives. */
export function unsupportedFields(provider: Provider, section: string): string[] {
  const fields = profileByName[provider.profile]?.unsupported[section] ?? [];
  if (section !== "individual" || provider.ssn !== "encrypted") return fields;
  return [...fields.filter((field) => field !== "encrypted_ssn"), "ssn"];
}

/** Whether a provider has none of a section, though it has the product. */
export const lacksSection = (provider: Provider, section: string): boolean =>
  profileByName[provider.profile]?.lacks.includes(section) ?? false;

/** Whether the provider can serve a product at all; where it cannot, Finch answers 501. */
export function supportsProduct(provider: Provider, productId: string): boolean {
  const product = productById.get(productId);
  if (!product) return false;
  const support = provider[product.support];
  return support === "automated" || support === "assisted";
}

export function isAssistedOnly(provider: Provider): boolean {
  return provider.authentication_methods.every((method) => method === "assisted");
}

/** A copy of a record with null in place of what the provider does not give; lists are followed to their items. */
export function withoutUnsupported<T extends object>(provider: Provider, section: string, record: T): T {
  const copy: T = { ...record };
  for (const path of unsupportedFields(provider, section)) setNull(copy, path.split("."));
  return copy;
}

function setNull(target: object, [key, ...rest]: string[]): void {
  if (key === undefined || !(key in target)) return;
  const value: unknown = Reflect.get(target, key);
  Reflect.set(target, key, rest.length === 0 ? null : nulled(value, rest));
}

function nulled(value: unknown, path: string[]): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => nulled(item, path));
  if (typeof value !== "object" || value === null) return value;
  const copy = { ...value };
  setNull(copy, path);
  return copy;
}
