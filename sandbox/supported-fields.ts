import fields from "@/sandbox/data/supported-fields.json";
import { lacksSection, supportsProduct, unsupportedFields, type Provider } from "@/sandbox/providers";

type Tree = { [name: string]: boolean | Tree };

// The sections of a list say which fields its items have; profiles name the items' fields.
const itemsOf: Record<string, string> = { directory: "individuals.", pay_statement: "pay_statements." };

/** The same tree with false where a path is not supported. */
function markTree(tree: Tree, isSupported: (path: string) => boolean, prefix = ""): Tree {
  const marked: Tree = {};
  for (const [name, value] of Object.entries(tree)) {
    const path = prefix === "" ? name : `${prefix}.${name}`;
    marked[name] = typeof value === "boolean" ? isSupported(path) : markTree(value, isSupported, path);
  }
  return marked;
}

/** Which fields a provider gives, in the tree of `supported_fields` (Finch: Providers). */
export function supportedFields(provider: Provider): Tree {
  const all: Record<string, Tree> = fields;
  const marked: Tree = {};
  for (const [section, tree] of Object.entries(all)) {
    const product = section === "pay_group" ? "payment" : section;
    const served = supportsProduct(provider, product) && !lacksSection(provider, section);
    const missing = unsupportedFields(provider, section).map((path) => `${itemsOf[section] ?? ""}${path}`);
    const lacks = (path: string) => missing.some((entry) => path === entry || path.startsWith(`${entry}.`));
    marked[section] = markTree(tree, (path) => served && !lacks(path));
  }
  return marked;
}
