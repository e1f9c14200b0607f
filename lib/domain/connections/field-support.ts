import type { FieldSupportView } from "./views";

const isGroup = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function leaves(value: unknown, path: string): { path: string; supported: boolean }[] {
  if (typeof value === "boolean") return [{ path, supported: value }];
  if (!isGroup(value)) return [];
  return Object.entries(value).flatMap(([key, child]) => leaves(child, path ? `${path}.${key}` : key));
}

/** The way of signing in that a connection uses, of those that its provider has. */
function methodOf(methods: readonly unknown[], used: readonly unknown[]): unknown {
  const types = new Set(used.map((method) => (isGroup(method) ? method["type"] : null)));
  const known = methods.filter(isGroup);
  return known.find((method) => types.has(method["type"])) ?? (known.length === 1 ? known[0] : undefined);
}

/**
 * Which fields of the granted products the provider fills, for this way of
 * signing in (Finch: Providers, supported_fields). Null where Finch does not say.
 */
export function fieldSupport(
  providerMethods: unknown,
  usedMethods: unknown,
  products: readonly string[],
): FieldSupportView | null {
  const method = methodOf(
    Array.isArray(providerMethods) ? providerMethods : [],
    Array.isArray(usedMethods) ? usedMethods : [],
  );
  const support = isGroup(method) ? method["supported_fields"] : null;
  if (!isGroup(support)) return null;
  const fields = products.flatMap((product) => leaves(support[product], product));
  return {
    supported: fields.filter((field) => field.supported).map((field) => field.path),
    unsupported: fields.filter((field) => !field.supported).map((field) => field.path),
  };
}
