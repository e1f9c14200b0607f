"use client";

import { Plus, X } from "lucide-react";
import Link from "next/link";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useTransition } from "react";
import { cn } from "./cn";
import { useLazy } from "./use-lazy";

const loadPopover = () => import("./filter-popover").then((module) => module.FilterPopover);

export interface FilterOption {
  value: string;
  label: string;
  count?: number;
}

export interface FilterMenuProps {
  /** "Department": the button says "+ Department", or "Department Clinical ×" when set. */
  label: string;
  /** The name in the address; several values stand in it apart by commas. */
  name: string;
  options: FilterOption[];
  /** One value instead of several. */
  single?: boolean;
  resets?: string[];
}

const filterStyles =
  "inline-flex h-8 flex-none items-center gap-1.5 rounded-md text-sm whitespace-nowrap max-md:min-h-9";

/** A filter whose values are in the address: dashed while unset, tinted with a cross when set. */
export function FilterMenu({ label, name, options, single, resets = ["after", "before"] }: FilterMenuProps) {
  const params = useSearchParams();
  const pathname = usePathname();
  const router = useRouter();
  const [, startTransition] = useTransition();
  const popover = useLazy(loadPopover);
  const chosen = (params.get(name) ?? "").split(",").filter(Boolean);

  function hrefWith(values: string[]) {
    const next = new URLSearchParams(params);
    for (const reset of resets) next.delete(reset);
    if (values.length > 0) next.set(name, values.join(","));
    else next.delete(name);
    const query = next.toString();
    return query ? `${pathname}?${query}` : pathname;
  }

  const shown =
    chosen.length === 1
      ? (options.find((option) => option.value === chosen[0])?.label ?? chosen[0])
      : `${chosen.length} of ${options.length}`;
  const set = chosen.length > 0;
  const triggerClassName = cn(filterStyles, "-my-px pl-[9px] hover:text-ink", set ? "pr-1" : "pr-[9px]");
  const face = (
    <>
      {set ? null : <Plus size={12} aria-hidden="true" />}
      {label}
      {set ? <b className="font-medium text-accent">{shown}</b> : null}
    </>
  );
  const FilterPopover = popover.loaded;

  return (
    <span
      className={cn(
        "inline-flex flex-none rounded-md border",
        set
          ? "border-accent-line bg-accent-subtle text-ink"
          : "border-dashed border-line-field text-secondary",
      )}
    >
      {FilterPopover ? (
        <FilterPopover
          triggerClassName={triggerClassName}
          label={label}
          options={options}
          chosen={chosen}
          single={single}
          onApply={(values) => startTransition(() => router.push(hrefWith(values), { scroll: false }))}
        >
          {face}
        </FilterPopover>
      ) : (
        <button
          type="button"
          aria-haspopup="dialog"
          aria-expanded="false"
          className={triggerClassName}
          {...popover.triggerProps}
        >
          {face}
        </button>
      )}
      {set ? (
        <Link
          href={hrefWith([])}
          scroll={false}
          aria-label={`Remove filter ${label}`}
          className="grid w-7 place-items-center rounded-md text-secondary hover:text-ink"
        >
          <X size={12} aria-hidden="true" />
        </Link>
      ) : null}
    </span>
  );
}
