import type Finch from "@tryfinch/finch-api";
import { ok, type Handler } from "@/sandbox/call";
import fields from "@/sandbox/data/supported-fields.json";
import {
  isAssistedOnly,
  productCatalog,
  providers,
  supportsProduct,
  unsupportedFields,
  type Provider,
} from "@/sandbox/providers";

type Tree = { [name: string]: boolean | Tree };

const sectionProducts: Record<string, string> = {
  company: "company",
  directory: "directory",
  individual: "individual",
  employment: "employment",
  payment: "payment",
  pay_statement: "pay_statement",
  pay_group: "payment",
};

/** The same tree with false where a path is not supported. */
function markTree(tree: Tree, isSupported: (path: string) => boolean, prefix = ""): Tree {
  const marked: Tree = {};
  for (const [name, value] of Object.entries(tree)) {
    const path = prefix === "" ? name : `${prefix}.${name}`;
    marked[name] = typeof value === "boolean" ? isSupported(path) : markTree(value, isSupported, path);
  }
  return marked;
}

function supportedFields(provider: Provider): Tree {
  const all: Record<string, Tree> = fields;
  const marked: Tree = {};
  for (const [section, tree] of Object.entries(all)) {
    const product = sectionProducts[section] ?? section;
    const missing = unsupportedFields(provider, section);
    const served = supportsProduct(provider, product);
    const lacks = (path: string) => missing.some((entry) => path === entry || path.startsWith(`${entry}.`));
    marked[section] = markTree(tree, (path) => served && !lacks(path));
  }
  return marked;
}

function toWire(provider: Provider): Finch.Provider {
  const supported_fields = supportedFields(provider);
  return {
    id: provider.id,
    display_name: provider.display_name,
    products: productCatalog
      .map((product) => product.id)
      .filter(
        (id) =>
          !["deduction", "recordkeeping"].includes(id) &&
          !id.startsWith("plans") &&
          supportsProduct(provider, id),
      ),
    mfa_required: false,
    ...(provider.primary_color ? { primary_color: provider.primary_color } : {}),
    manual: isAssistedOnly(provider),
    beta: provider.beta,
    authentication_methods: provider.authentication_methods.map((type) => ({ type, supported_fields })),
  };
}

let cached: Finch.Provider[] | null = null;

/** The whole provider network; no authentication needed (Finch: Providers). */
const list: Handler = () => ok((cached ??= providers.map(toWire)));

export const providerList: Record<string, Handler> = { "GET /providers": list };
