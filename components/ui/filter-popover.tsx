"use client";

import { useState, type ReactNode } from "react";
import { Button } from "./button";
import type { FilterMenuProps } from "./filter-menu";
import { Input } from "./input";
import { Popover, PopoverContent, PopoverTrigger } from "./popover";

export interface FilterPopoverProps extends FilterFormProps {
  triggerClassName: string;
  /** What the trigger says. */
  children: ReactNode;
}

/** Opens as soon as it is there: it is only fetched when its button was pressed. */
export function FilterPopover({ triggerClassName, children, onApply, ...form }: FilterPopoverProps) {
  const [open, setOpen] = useState(true);
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger className={triggerClassName}>{children}</PopoverTrigger>
      <PopoverContent label={`Filter by ${form.label}`} className="p-0">
        <FilterForm
          {...form}
          key={form.chosen.join(",")}
          onApply={(values) => {
            setOpen(false);
            onApply(values);
          }}
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
