import type Finch from "@tryfinch/finch-api";
import { benefitsSupport } from "@/sandbox/benefits/features";
import { ok, type Handler } from "@/sandbox/call";
import { isAssistedOnly, productCatalog, providers, seenThrough, supportsProduct } from "@/sandbox/providers";
import type { Provider } from "@/sandbox/providers";
import type { AuthMethod } from "@/sandbox/records";
import type { Result, Routes } from "@/sandbox/results";
import { supportedFields } from "@/sandbox/supported-fields";

// `deduction` is an alias, and no page says which providers have the others.
const unlisted = ["deduction", "recordkeeping", "plans", "plans_enrollments", "plans_dependents"];

const listed = productCatalog.map((product) => product.id).filter((id) => !unlisted.includes(id));

/**
 * What a login of one kind can read and write; it depends on how the employer signed in. Of providers in beta
 * Finch does not say it yet (Finch: Provider Network).
 */
function methodToWire(provider: Provider, type: AuthMethod): Finch.Provider.AuthenticationMethod {
  const benefits = benefitsSupport(provider, type);
  return {
    type,
    ...(benefits ? { benefits_support: { ...benefits } } : {}),
    ...(provider.beta ? {} : { supported_fields: supportedFields(seenThrough(provider, type)) }),
  };
}

function toWire(provider: Provider): Finch.Provider {
  return {
    id: provider.id,
    display_name: provider.display_name,
    products: listed.filter((id) => supportsProduct(provider, id)),
    mfa_required: false,
    ...(provider.primary_color ? { primary_color: provider.primary_color } : {}),
    manual: isAssistedOnly(provider),
    beta: provider.beta,
    authentication_methods: provider.authentication_methods.map((type) => methodToWire(provider, type)),
  };
}

let cached: Finch.Provider[] | null = null;

/** The whole provider network; no authentication needed (Finch: Providers). */
const list: Handler<Result<"GET /providers">> = () => ok((cached ??= providers.map(toWire)));

export const providerList = { "GET /providers": list } satisfies Routes;
