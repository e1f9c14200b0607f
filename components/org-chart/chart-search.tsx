"use client";

import Link from "next/link";
import { useId, useState } from "react";
import { usePaletteSearch } from "@/components/layout/use-palette-search";
import { SearchInput } from "@/components/ui/input";
import { paths } from "@/lib/paths";

interface ChartSearchProps {
  customerId: string;
  left: boolean;
}

/** Finds somebody by name, title or department; a choice opens the way to them. */
export function ChartSearch({ customerId, left }: ChartSearchProps) {
  const [text, setText] = useState("");
  const hintId = useId();
  const endpoint = `/api/e/${customerId}/search`;
  const { items, failed, pending } = usePaletteSearch({ heading: "People", endpoint }, text);
  const asked = text.trim().length >= 2;
  return (
    <div
      className="relative min-w-0 flex-[0_1_300px]"
      onKeyDown={(event) => {
        if (event.key === "Escape") setText("");
      }}
    >
      <SearchInput
        label="Find somebody in the chart"
        placeholder="Name, title or department"
        value={text}
        onChange={(event) => setText(event.target.value)}
        aria-describedby={asked ? hintId : undefined}
        className="w-full"
      />
      {asked ? (
        <div className="absolute inset-x-0 top-full z-20 mt-1.5 rounded-lg border border-line-strong bg-surface-raised p-1.5 text-sm shadow-float">
          <p
            id={hintId}
            role="status"
            className={items.length > 0 && !failed ? "sr-only" : "px-2 py-1 text-muted"}
          >
            {failed
              ? "The search did not answer. Try again."
              : pending
                ? "Searching …"
                : items.length === 0
                  ? "Nobody found."
                  : `${items.length} found`}
          </p>
          <ul>
            {items.map((item) => (
              <li key={item.id}>
                <Link
                  href={paths.orgChart(customerId, { person: item.id, ...(left ? { left: "yes" } : {}) })}
                  onClick={() => setText("")}
                  className="block rounded-md px-2 py-1.5 hover:bg-surface-hover"
                >
                  <span className="font-medium">{item.label}</span>
                  {item.hint ? <span className="block truncate text-xs text-muted">{item.hint}</span> : null}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </div>
  );
}
