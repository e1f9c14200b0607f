"use client";

import { useEffect, useRef, useState } from "react";
import { notify } from "@/components/ui/toaster";
import { fetchJson } from "@/lib/client/fetch-json";
import type { OrgBranchView } from "@/lib/domain/org-chart/views";
import { paths } from "@/lib/paths";
import { withBranch, type Branches } from "./org-rows";

/** As many as a request gives; see branchPageSize. */
const pageSize = 100;

/** The branches that are here, and the way to ask for more; each stretch is asked for once. */
export function useBranches(customerId: string, initial: readonly OrgBranchView[], left: boolean) {
  const [branches, setBranches] = useState<Branches>(() => initial.reduce(withBranch, new Map() as Branches));
  const asked = useRef(new Set<string>());
  const gone = useRef(false);

  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
    };
  }, []);

  /** @param at a place in the branch */
  function load(parentId: string | null, at: number) {
    const offset = Math.floor(at / pageSize) * pageSize;
    const key = `${parentId ?? ""} ${offset}`;
    if (asked.current.has(key)) return;
    asked.current.add(key);
    const query = {
      ...(parentId === null ? {} : { parent: parentId }),
      ...(offset > 0 ? { offset: String(offset) } : {}),
      ...(left ? { left: "yes" } : {}),
    };
    fetchJson<OrgBranchView>(paths.orgChartBranch(customerId, query))
      .then((branch) => {
        if (!gone.current) setBranches((before) => withBranch(before, branch));
      })
      .catch((error: unknown) => {
        // Asked for again when it is scrolled to or opened again.
        asked.current.delete(key);
        const detail = error instanceof Error ? error.message : undefined;
        if (!gone.current) notify({ tone: "failing", title: "This part of the chart did not come", detail });
      });
  }

  return { branches, load };
}
