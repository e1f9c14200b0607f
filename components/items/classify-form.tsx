"use client";

import { useState, type FormEvent } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { DialogClose } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { ActionError } from "@/lib/client/action-result";
import type { ClassificationView, PayItemView } from "@/lib/domain/payroll/items/views";
import { payTypeOptions } from "@/lib/format/pay-types";
import { ItemHistory } from "./item-history";

/** As it stands in the fields. */
export interface Typed {
  mappedType: string;
  /** "" leaves what Finch says. */
  preTax: "" | "yes" | "no";
  from: string;
  to: string;
  note: string;
}

interface ClassifyFormProps {
  item: PayItemView;
  typed: Typed;
  pending: boolean;
  error: ActionError | null;
  /** The classification that is changed; null for a new one. */
  changed: ClassificationView | null;
  onType: (typed: Typed) => void;
  onReview: () => void;
  onUndo: (one: ClassificationView) => void;
  /** Opens another one of the item instead; null opens a new one. */
  onChange: (one: ClassificationView | null) => void;
}

const fields = ["mappedType", "mappedPreTax", "effectiveFrom", "effectiveTo", "note"];

export function ClassifyForm(props: ClassifyFormProps) {
  const { item, typed, pending, error, changed, onType, onReview } = props;
  const [tried, setTried] = useState(false);
  const set = (change: Partial<Typed>) => onType({ ...typed, ...change });
  const errorOf = (field: string) => (error?.field === field ? error.message : null);
  const missing = tried && typed.mappedType === "" ? "Choose a type." : null;

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setTried(true);
    if (typed.mappedType !== "" && !pending) onReview();
  }

  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <Field
        label="Counts as"
        hint="In year-to-date wages and estimates. Finch’s data and the pay statement stay as they are."
        error={missing ?? errorOf("mappedType")}
      >
        <Select
          value={typed.mappedType}
          onChange={(event) => set({ mappedType: event.target.value })}
          options={[
            { value: "", label: "Choose a type", disabled: true },
            ...payTypeOptions(item.category).map(({ value, label, own }) => ({
              value,
              label: own ? `${label} (a type of Perch)` : label,
            })),
          ]}
        />
      </Field>
      {item.category === "deduction" ? (
        <Field label="Pre-tax" error={errorOf("mappedPreTax")}>
          <Select
            value={typed.preTax}
            onChange={(event) =>
              set({ preTax: event.target.value === "yes" ? "yes" : event.target.value === "no" ? "no" : "" })
            }
            options={[
              { value: "", label: "As Finch says" },
              { value: "yes", label: "Pre-tax" },
              { value: "no", label: "After tax" },
            ]}
          />
        </Field>
      ) : null}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label="First pay date"
          optional
          hint="Empty: from the beginning."
          error={errorOf("effectiveFrom")}
        >
          <Input type="date" value={typed.from} onChange={(event) => set({ from: event.target.value })} />
        </Field>
        <Field label="Last pay date" optional hint="Empty: until changed." error={errorOf("effectiveTo")}>
          <Input type="date" value={typed.to} onChange={(event) => set({ to: event.target.value })} />
        </Field>
      </div>
      <Field label="Note" optional error={errorOf("note")}>
        <Input
          value={typed.note}
          maxLength={500}
          autoComplete="off"
          onChange={(event) => set({ note: event.target.value })}
        />
      </Field>
      <ItemHistory
        {...{ item, pending }}
        changedId={changed?.id ?? null}
        onChange={props.onChange}
        onUndo={props.onUndo}
      />
      {error && !fields.includes(error.field ?? "") ? (
        <Banner tone="attention" role="alert" headingLevel={3} title="Nothing was changed" stacked>
          {error.message}
        </Banner>
      ) : null}
      <div className="flex flex-wrap justify-end gap-2">
        {changed ? (
          <Button
            variant="danger-quiet"
            className="mr-auto"
            pending={pending}
            onClick={() => props.onUndo(changed)}
          >
            Undo this classification
          </Button>
        ) : null}
        {changed ? (
          <Button variant="ghost" onClick={() => props.onChange(null)}>
            Add for other dates
          </Button>
        ) : null}
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary" pending={pending}>
          Review what changes
        </Button>
      </div>
    </form>
  );
}
