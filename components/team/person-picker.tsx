"use client";

import { useState } from "react";
import { FieldError } from "@/components/ui/field";
import { SearchInput } from "@/components/ui/input";
import { Spinner } from "@/components/ui/spinner";
import type { TeamPersonView } from "@/lib/domain/team/search-team-people";
import { Choice } from "./choice";
import { usePeopleSearch } from "./use-people-search";

export interface PersonPickerProps {
  customerId: string;
  connectionId: string;
  provider: string;
  chosen: TeamPersonView | null;
  error: string | null;
  onChoose: (person: TeamPersonView | null) => void;
}

/** The employee's own person, found in the directory of one connection. */
export function PersonPicker({
  customerId,
  connectionId,
  provider,
  chosen,
  error,
  onChoose,
}: PersonPickerProps) {
  const [search, setSearch] = useState("");
  const { people, failed, pending } = usePeopleSearch(customerId, connectionId, search);
  const listed = chosen && !people.some(({ id }) => id === chosen.id) ? [chosen, ...people] : people;
  return (
    <fieldset className="min-w-0">
      <legend className="mb-[5px] text-sm font-medium">Who this is in the directory</legend>
      <SearchInput
        label={`Search people of ${provider}`}
        placeholder="Name, title or department"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
        className="min-w-0"
      />
      <p role="status" className="mt-1.5 flex min-h-4 items-center gap-1.5 text-xs text-muted">
        {pending ? <Spinner /> : null}
        {resultWords({ pending, failed, count: people.length, search })}
      </p>
      <div className="mt-1 grid max-h-[220px] gap-1.5 overflow-y-auto p-0.5">
        {listed.map((person) => (
          <Choice
            key={person.id}
            name="individual"
            value={person.id}
            label={person.name}
            hint={[person.detail, person.taken ? "somebody has access as this person" : null]
              .filter(Boolean)
              .join(" · ")}
            checked={chosen?.id === person.id}
            onChange={() => onChoose(person)}
          />
        ))}
      </div>
      {error ? <FieldError>{error}</FieldError> : null}
    </fieldset>
  );
}

function resultWords(found: { pending: boolean; failed: boolean; count: number; search: string }): string {
  if (found.pending) return "Searching";
  if (found.failed) return "The directory could not be read. Type again to repeat the search.";
  if (found.count === 0)
    return found.search.trim() ? `Nobody active matches “${found.search.trim()}”.` : "Nobody is here yet.";
  return found.search.trim() ? "" : "The first of the directory; search to find others.";
}
