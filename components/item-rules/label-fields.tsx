"use client";

import { Plus, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";

interface LabelFieldsProps {
  labels: readonly { key: string; value: string }[];
  onChange: (labels: { key: string; value: string }[]) => void;
}

const most = 10;

/** The labels that a rule gives: a name and a value each. */
export function LabelFields({ labels, onChange }: LabelFieldsProps) {
  const set = (place: number, change: Partial<LabelFieldsProps["labels"][number]>) =>
    onChange(labels.map((label, at) => (at === place ? { ...label, ...change } : label)));
  return (
    <fieldset className="min-w-0">
      <legend className="mb-[5px] text-sm font-medium">Labels</legend>
      <div className="grid gap-2">
        {labels.map((label, place) => (
          <div key={place} className="flex items-center gap-2">
            <Input
              aria-label={`Name of label ${place + 1}`}
              placeholder="plan"
              maxLength={50}
              autoComplete="off"
              value={label.key}
              onChange={(event) => set(place, { key: event.target.value })}
            />
            <Input
              aria-label={`Value of label ${place + 1}`}
              placeholder="main"
              maxLength={200}
              autoComplete="off"
              value={label.value}
              onChange={(event) => set(place, { value: event.target.value })}
            />
            {labels.length > 1 ? (
              <IconButton
                label={`Remove label ${place + 1}`}
                size="sm"
                onClick={() => onChange(labels.filter((_, at) => at !== place))}
              >
                <X size={14} aria-hidden="true" />
              </IconButton>
            ) : null}
          </div>
        ))}
      </div>
      {labels.length < most ? (
        <Button
          variant="ghost"
          size="sm"
          className="mt-1.5 -ml-2"
          onClick={() => onChange([...labels, { key: "", value: "" }])}
        >
          <Plus size={12} aria-hidden="true" />
          Another label
        </Button>
      ) : null}
    </fieldset>
  );
}
