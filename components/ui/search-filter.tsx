"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useEffect, useRef, useState, useTransition } from "react";
import { SearchInput } from "./input";
import { Spinner } from "./spinner";

export interface SearchFilterProps {
  label: string;
  placeholder?: string;
  /** The name in the address. */
  name?: string;
  /** Names that a new search drops, e.g. the page's cursor. */
  resets?: string[];
}

const settleMs = 250;

/** A search field whose text is in the address; the list follows as one types. */
export function SearchFilter({
  label,
  placeholder,
  name = "q",
  resets = ["after", "before"],
}: SearchFilterProps) {
  const params = useSearchParams();
  const pathname = usePathname();
  const router = useRouter();
  const inAddress = params.get(name) ?? "";
  const [text, setText] = useState(inAddress);
  const [pending, startTransition] = useTransition();
  const timer = useRef<number>(undefined);
  const sent = useRef(inAddress);

  // Back, forward and "Clear" change the address from outside; typing does not.
  useEffect(() => {
    if (inAddress !== sent.current) {
      sent.current = inAddress;
      setText(inAddress);
    }
  }, [inAddress]);

  useEffect(() => () => window.clearTimeout(timer.current), []);

  function search(value: string) {
    setText(value);
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => {
      const next = new URLSearchParams(window.location.search);
      for (const reset of resets) next.delete(reset);
      const trimmed = value.trim();
      if (trimmed) next.set(name, trimmed);
      else next.delete(name);
      sent.current = trimmed;
      const query = next.toString();
      startTransition(() => router.replace(query ? `${pathname}?${query}` : pathname, { scroll: false }));
    }, settleMs);
  }

  return (
    <span className="relative flex-[0_1_260px] max-md:flex-1">
      <SearchInput
        label={label}
        placeholder={placeholder ?? label}
        name={name}
        value={text}
        onChange={(event) => search(event.target.value)}
        className="w-full"
      />
      {pending ? <Spinner className="absolute top-1/2 right-2.5 -translate-y-1/2 text-muted" /> : null}
    </span>
  );
}
