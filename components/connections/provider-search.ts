import type { ProviderView } from "@/lib/domain/connections/views";

export type SetupFilter = "all" | "automated" | "assisted";

/** Lower case, without accents and punctuation: "ADP Run" is found by "adp-run". */
const plain = (text: string): string =>
  text
    .normalize("NFKD")
    .toLocaleLowerCase("en-US")
    .replace(/[^a-z0-9]+/g, " ")
    .trim();

/** Providers whose name or id has every word of the search; names that begin with it come first. */
export function searchProviders(
  providers: readonly ProviderView[],
  search: string,
  setup: SetupFilter = "all",
): ProviderView[] {
  const wanted = plain(search);
  const words = wanted.split(" ").filter(Boolean);
  const found = providers.filter((provider) => {
    if (setup === "automated" && !provider.automated) return false;
    if (setup === "assisted" && provider.automated) return false;
    const text = `${plain(provider.name)} ${plain(provider.id)}`;
    return words.every((word) => text.includes(word));
  });
  // Without a search those that connect at once come first.
  const rank = (provider: ProviderView) =>
    (words.length > 0 ? plain(provider.name).startsWith(wanted) : provider.automated) ? 0 : 1;
  return found.sort((a, b) => rank(a) - rank(b));
}
