import { normalize, rank } from "@/sandbox/connect/assets/provider-search.client.js";
import { isAssistedOnly, providers, type Provider } from "@/sandbox/providers";
import type { ConnectSession } from "@/sandbox/records";

/** Other names that people know providers by. */
const otherNames: Record<string, string> = {
  adp_run: "runadp",
  adp_workforce_now: "wfn",
  ceridian_dayforce: "dayforce",
  paychex_flex: "paychecks",
  quickbooks: "intuit qbo",
  suitepeople: "netsuite oracle",
  trinet: "tri net",
  ukg_ready: "kronos",
  ulti_pro: "ultimate software ukg",
  zenefits: "trinet",
};

/** Shown above the others, as long as nothing is searched for. */
const wellKnown = [
  "gusto",
  "adp_run",
  "adp_workforce_now",
  "quickbooks",
  "paychex_flex",
  "rippling",
  "bamboo_hr",
  "justworks",
];

export interface ProviderRow {
  provider: Provider;
  /** What is searched. */
  text: string;
}

export interface ProviderSection {
  id: string;
  title: string;
  rows: ProviderRow[];
}

const toRow = (provider: Provider): ProviderRow => ({
  provider,
  text: normalize(`${provider.display_name} ${otherNames[provider.id] ?? ""}`),
});

const offered = (session: ConnectSession): Provider[] =>
  providers.filter((provider) => session.manual || !isAssistedOnly(provider));

export const countOffered = (session: ConnectSession): number => offered(session).length;

/** The providers of a session in sections; assisted ones only where the session asks for them. */
export function sectionsOf(session: ConnectSession, search: string): ProviderSection[] {
  const all = offered(session);
  const known = wellKnown.flatMap((id) => all.find((provider) => provider.id === id) ?? []);
  const others = all.filter((provider) => !wellKnown.includes(provider.id));
  const sections = [
    { id: "known", title: "Often used", rows: known.map(toRow) },
    {
      id: "automated",
      title: "Connect at once",
      rows: others.filter((provider) => !isAssistedOnly(provider)).map(toRow),
    },
    {
      id: "assisted",
      title: "Set up with Finch’s people, within 2 weeks",
      rows: others.filter(isAssistedOnly).map(toRow),
    },
  ];
  const found = new Set(
    rank(
      search,
      sections.flatMap((section) => section.rows),
    ),
  );
  const order = [...found];
  return sections.map((section) => ({
    ...section,
    rows: search.trim() === "" ? section.rows : order.filter((row) => section.rows.includes(row)),
  }));
}
