"use client";

import { Plus, X } from "lucide-react";
import Link from "next/link";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useState, useTransition } from "react";
import { Button } from "./button";
import { cn } from "./cn";
import { Input } from "./input";
import { Popover, PopoverContent, PopoverTrigger } from "./popover";

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
  const [open, setOpen] = useState(false);
  const [, startTransition] = useTransition();
  const chosen = (params.get(name) ?? "").split(",").filter(Boolean);

  function hrefWith(values: string[]) {
    const next = new URLSearchParams(params);
    for (const reset of resets) next.delete(reset);
    if (values.length > 0) next.set(name, values.join(","));
    else next.delete(name);
    const query = next.toString();
    return query ? `${pathname}?${query}` : pathname;
  }

  function apply(values: string[]) {
    setOpen(false);
    startTransition(() => router.push(hrefWith(values), { scroll: false }));
  }

  const shown =
    chosen.length === 1
      ? (options.find((option) => option.value === chosen[0])?.label ?? chosen[0])
      : `${chosen.length} of ${options.length}`;

  return (
    <Popover open={open} onOpenChange={setOpen}>
      <span
        className={cn(
          "inline-flex flex-none rounded-md border",
          chosen.length > 0
            ? "border-accent-line bg-accent-subtle text-ink"
            : "border-dashed border-line-field text-secondary",
        )}
      >
        <PopoverTrigger
          className={cn(
            filterStyles,
            "-my-px pl-[9px] hover:text-ink",
            chosen.length > 0 ? "pr-1" : "pr-[9px]",
          )}
        >
          {chosen.length === 0 ? <Plus size={12} aria-hidden="true" /> : null}
          {label}
          {chosen.length > 0 ? <b className="font-medium text-accent">{shown}</b> : null}
        </PopoverTrigger>
        {chosen.length > 0 ? (
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
      <PopoverContent label={`Filter by ${label}`} className="p-0">
        <FilterForm
          key={chosen.join(",")}
          label={label}
          options={options}
          chosen={chosen}
          single={single}
          onApply={apply}
        />
      </PopoverContent>
    </Popover>
  );
}

interface FilterFormProps extends Pick<FilterMenuProps, "label" | "options" | "single"> {
  chosen: string[];
  onApply: (values: string[]) => void;
}

const manyOptions = 8;

function FilterForm({ label, options, chosen, single, onApply }: FilterFormProps) {
  const [values, setValues] = useState(chosen);
  const [search, setSearch] = useState("");
  const needle = search.trim().toLowerCase();
  const matching = options.filter((option) => option.label.toLowerCase().includes(needle));

  function toggle(value: string) {
    if (single) onApply(values.includes(value) ? [] : [value]);
    else setValues(values.includes(value) ? values.filter((each) => each !== value) : [...values, value]);
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onApply(values);
      }}
    >
      {options.length > manyOptions ? (
        <div className="border-b border-line p-2">
          <Input
            aria-label={`Find in ${label}`}
            placeholder={`Find in ${label.toLowerCase()}`}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        </div>
      ) : null}
      <fieldset className="max-h-[280px] overflow-y-auto p-1.5">
        <legend className="sr-only">{label}</legend>
        {matching.map((option) => (
          <label
            key={option.value}
            className="flex min-h-8 cursor-pointer items-center gap-2.5 rounded-md px-2 hover:bg-surface-hover"
          >
            <input
              type={single ? "radio" : "checkbox"}
              checked={values.includes(option.value)}
              onChange={() => toggle(option.value)}
            />
            <span className="min-w-0 flex-1 truncate">{option.label}</span>
            {option.count === undefined ? null : <span className="text-xs text-muted">{option.count}</span>}
          </label>
        ))}
        {matching.length === 0 ? <p className="px-2 py-1.5 text-muted">Nothing matches “{search}”</p> : null}
      </fieldset>
      {single ? null : (
        <div className="flex justify-end gap-2 border-t border-line p-2">
          <Button size="sm" variant="ghost" onClick={() => setValues([])}>
            Clear
          </Button>
          <Button size="sm" variant="primary" type="submit">
            Show
          </Button>
        </div>
      )}
    </form>
  );
}
