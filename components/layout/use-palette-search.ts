"use client";

import { useEffect, useState } from "react";
import type { PaletteItem, PaletteSearch } from "./shell-types";

interface Found {
  query: string;
  items: PaletteItem[];
  failed: boolean;
}

const settleMs = 160;
const shortest = 2;

function isItem(value: unknown): value is PaletteItem {
  return (
    typeof value === "object" &&
    value !== null &&
    "id" in value &&
    "label" in value &&
    "href" in value &&
    typeof value.id === "string" &&
    typeof value.label === "string" &&
    typeof value.href === "string"
  );
}

async function fetchItems(endpoint: string, query: string, signal: AbortSignal): Promise<PaletteItem[]> {
  const response = await fetch(`${endpoint}?q=${encodeURIComponent(query)}`, { signal });
  if (!response.ok) throw new Error(`The search answered ${response.status}`);
  const body: unknown = await response.json();
  const items = typeof body === "object" && body !== null && "items" in body ? body.items : [];
  return Array.isArray(items) ? items.filter(isItem) : [];
}

/** Asks the server for what matches once typing rests; a later question cancels an earlier one. */
export function usePaletteSearch(search: PaletteSearch | undefined, query: string) {
  const [found, setFound] = useState<Found>({ query: "", items: [], failed: false });
  const asked = query.trim();
  const endpoint = search?.endpoint;
  const wanted = endpoint && asked.length >= shortest ? asked : "";

  useEffect(() => {
    if (!endpoint || !wanted) return;
    const abort = new AbortController();
    const timer = window.setTimeout(() => {
      fetchItems(endpoint, wanted, abort.signal)
        .then((items) => setFound({ query: wanted, items, failed: false }))
        .catch(() => {
          if (!abort.signal.aborted) setFound({ query: wanted, items: [], failed: true });
        });
    }, settleMs);
    return () => {
      window.clearTimeout(timer);
      abort.abort();
    };
  }, [endpoint, wanted]);

  const current = wanted !== "" && found.query === wanted;
  return {
    items: wanted ? found.items : [],
    failed: current && found.failed,
    pending: wanted !== "" && !current,
  };
}
