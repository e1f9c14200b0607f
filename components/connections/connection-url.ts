import type { ItemProduct } from "@/lib/domain/connections/detail/list-item-errors";
import { readUuid } from "@/lib/format/uuid";

/**
 * The address of a connection's page holds what its tables show. Reading is lenient: what is not understood is left
 * out, so that no address leads to an error.
 */

export type SearchParams = Record<string, string | string[] | undefined>;

export interface ConnectionAddress {
  /** The age of the data company by company, where there are several. */
  byCompany: boolean;
  /** The run of the history whose steps are open. */
  run: string | null;
  /** Items of one step only. */
  items: ItemProduct | null;
  itemsAfter: string | null;
  itemsBefore: string | null;
  failedOnly: boolean;
  requestsAfter: string | null;
  requestsBefore: string | null;
}

const itemProducts: readonly ItemProduct[] = [
  "individual",
  "employment",
  "pay_groups",
  "pay_statements",
  "benefits",
  "documents",
];

function one(params: SearchParams, name: string): string | null {
  const value = params[name];
  const text = Array.isArray(value) ? value[0] : value;
  return text === undefined || text === "" || text.length > 300 || text.includes("\0") ? null : text;
}

export function readConnectionAddress(params: SearchParams): ConnectionAddress {
  const items = one(params, "items");
  const [itemsBefore, requestsBefore] = [one(params, "items-before"), one(params, "requests-before")];
  return {
    byCompany: one(params, "by") === "company",
    run: readUuid(one(params, "run")),
    items: itemProducts.find((product) => product === items) ?? null,
    itemsAfter: itemsBefore === null ? one(params, "items-after") : null,
    itemsBefore,
    failedOnly: one(params, "requests") === "failed",
    requestsAfter: requestsBefore === null ? one(params, "requests-after") : null,
    requestsBefore,
  };
}

/** The page's path with the address; `at` is the section that is meant. */
export function connectionHref(path: string, address: ConnectionAddress, at?: string): string {
  const entries: [string, string | null][] = [
    ["by", address.byCompany ? "company" : null],
    ["run", address.run],
    ["items", address.items],
    ["items-after", address.itemsAfter],
    ["items-before", address.itemsBefore],
    ["requests", address.failedOnly ? "failed" : null],
    ["requests-after", address.requestsAfter],
    ["requests-before", address.requestsBefore],
  ];
  const set = entries.filter((entry): entry is [string, string] => entry[1] !== null);
  const query = set.length > 0 ? `?${new URLSearchParams(set).toString()}` : "";
  return `${path}${query}${at ? `#${at}` : ""}`;
}

/** The newest items of one step, or of all. */
export const withItems = (address: ConnectionAddress, items: ItemProduct | null): ConnectionAddress => ({
  ...address,
  items,
  itemsAfter: null,
  itemsBefore: null,
});

/** The newest requests, all or those that failed. */
export const withRequests = (address: ConnectionAddress, failedOnly: boolean): ConnectionAddress => ({
  ...address,
  failedOnly,
  requestsAfter: null,
  requestsBefore: null,
});
