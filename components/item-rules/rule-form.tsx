"use client";

import { useId, useState, type FormEvent } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { DialogClose } from "@/components/ui/dialog";
import { Field, FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { ActionError } from "@/lib/client/action-result";
import type { ItemRulesView, ItemRuleView } from "@/lib/domain/payroll/item-rules/views";
import { LabelFields } from "./label-fields";
import type { WantedRule } from "./rule-actions";
import { categoryOptions } from "./rule-words";

/** As it stands in the fields. */
export interface TypedRule {
  entityId: string;
  name: string;
  category: string;
  type: string;
  /** Flags that the rule had already: kept as they are. */
  others: WantedRule["conditions"];
  labels: { key: string; value: string }[];
  from: string;
  to: string;
}

const kept = ["pre_tax", "employer"] as const;
const day = (text: string | null) => (text ? text.slice(0, 10) : "");

export function typedRule(rule: ItemRuleView | null, entityId: string): TypedRule {
  const value = (field: string) =>
    rule?.conditions.find((one) => one.field?.replace(/^attributes\./, "") === field)?.value ?? "";
  return {
    entityId: rule?.entityId ?? entityId,
    name: value("name"),
    category: value("category"),
    type: value("type"),
    others: kept.flatMap((field) => (value(field) ? [{ field, value: value(field) }] : [])),
    labels: rule && rule.labels.length > 0 ? rule.labels : [{ key: "", value: "" }],
    from: day(rule?.effectiveStart ?? null),
    to: day(rule?.effectiveEnd ?? null),
  };
}

export function toWanted({ name, category, type, others, labels, from, to }: TypedRule): WantedRule {
  const conditions: WantedRule["conditions"] = [
    { field: "name" as const, value: name },
    { field: "category" as const, value: category },
    { field: "type" as const, value: type.trim() },
  ].filter(({ value }) => value !== "");
  return {
    conditions: [...conditions, ...others],
    labels: labels.filter(({ key, value }) => key.trim() !== "" || value.trim() !== ""),
    effectiveStart: from || null,
    effectiveEnd: to || null,
  };
}

interface RuleFormProps {
  typed: TypedRule;
  rule: ItemRuleView | null;
  entities: ItemRulesView["entities"];
  names: readonly string[];
  pending: boolean;
  error: ActionError | null;
  onType: (typed: TypedRule) => void;
  onReview: () => void;
}

export function RuleForm({ typed, rule, entities, names, pending, error, onType, onReview }: RuleFormProps) {
  const listId = useId();
  const [tried, setTried] = useState(false);
  const set = (change: Partial<TypedRule>) => onType({ ...typed, ...change });
  const wanted = toWanted(typed);
  const noCondition =
    wanted.conditions.length === 0 ? "Say which lines are meant: a name, a category or a type." : null;
  const noLabel =
    wanted.labels.some(({ key, value }) => key.trim() === "" || value.trim() === "") ||
    wanted.labels.length === 0
      ? "Enter a name and a value for each label."
      : null;
  const errorOf = (field: string) => (error?.field === field ? error.message : null);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setTried(true);
    if (!noCondition && !noLabel && !pending) onReview();
  }

  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      {entities.length > 1 && !rule ? (
        <Field label="Entity">
          <Select
            value={typed.entityId}
            onChange={(event) => set({ entityId: event.target.value })}
            options={entities.map(({ id, name }) => ({ value: id, label: name ?? id }))}
          />
        </Field>
      ) : null}
      <Field
        label="Name of the line"
        hint="Compared letter by letter. Leave it empty for any name."
        error={(tried ? noCondition : null) ?? errorOf("conditions")}
      >
        <Input
          list={listId}
          autoComplete="off"
          maxLength={500}
          value={typed.name}
          onChange={(event) => set({ name: event.target.value })}
        />
      </Field>
      <datalist id={listId}>
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Category">
          <Select
            value={typed.category}
            onChange={(event) => set({ category: event.target.value })}
            options={[{ value: "", label: "Any" }, ...categoryOptions]}
          />
        </Field>
        <Field label="Finch’s type" optional hint="As Finch writes it: 401k, bonus.">
          <Input
            autoComplete="off"
            maxLength={200}
            value={typed.type}
            onChange={(event) => set({ type: event.target.value })}
          />
        </Field>
      </div>
      <LabelFields labels={typed.labels} onChange={(labels) => set({ labels })} />
      {(tried && noLabel) || errorOf("labels") ? (
        <FieldError>{errorOf("labels") ?? noLabel}</FieldError>
      ) : null}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="First pay date" optional error={errorOf("effectiveStart")}>
          <Input type="date" value={typed.from} onChange={(event) => set({ from: event.target.value })} />
        </Field>
        <Field label="Last pay date" optional error={errorOf("effectiveEnd")}>
          <Input type="date" value={typed.to} onChange={(event) => set({ to: event.target.value })} />
        </Field>
      </div>
      {error && !["conditions", "labels", "effectiveStart", "effectiveEnd"].includes(error.field ?? "") ? (
        <Banner tone="attention" role="alert" headingLevel={3} title="Finch was not asked" stacked>
          {error.message}
        </Banner>
      ) : null}
      <div className="flex justify-end gap-2">
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary" pending={pending}>
          Review which lines
        </Button>
      </div>
    </form>
  );
}
