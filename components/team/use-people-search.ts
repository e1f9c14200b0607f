"use client";

import { useEffect, useState } from "react";
import { fetchJson } from "@/lib/client/fetch-json";
import type { TeamPersonView } from "@/lib/domain/team/search-team-people";
import { paths } from "@/lib/paths";

interface Found {
  question: string;
  people: TeamPersonView[];
  failed: boolean;
}

const settleMs = 160;

/** People of a connection that match, once typing rests; a later question cancels an earlier one. */
export function usePeopleSearch(customerId: string, connectionId: string | null, search: string) {
  const [found, setFound] = useState<Found>({ question: "", people: [], failed: false });
  const question = connectionId
    ? `${paths.teamPeople(customerId)}?${new URLSearchParams({ connectionId, q: search.trim() }).toString()}`
    : "";

  useEffect(() => {
    if (!question) return;
    const abort = new AbortController();
    const timer = window.setTimeout(() => {
      fetchJson<{ people: TeamPersonView[] }>(question, { signal: abort.signal })
        .then(({ people }) => setFound({ question, people, failed: false }))
        .catch(() => {
          if (!abort.signal.aborted) setFound({ question, people: [], failed: true });
        });
    }, settleMs);
    return () => {
      window.clearTimeout(timer);
      abort.abort();
    };
  }, [question]);

  const current = question !== "" && found.question === question;
  return {
    people: current ? found.people : [],
    failed: current && found.failed,
    pending: question !== "" && !current,
  };
}
