"use client";

import { useState } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { FieldError } from "@/components/ui/field";
import type { ActionError } from "@/lib/client/action-result";
import type { ClassificationPreview } from "@/lib/domain/payroll/items/views";
import { PreviewYears } from "./preview-years";

interface ReviewStepProps {
  review: { kind: "save" | "undo"; preview: ClassificationPreview };
  pending: boolean;
  error: ActionError | null;
  onBack: () => void;
  onAct: (acceptClosedYears: boolean) => void;
}

/** What the change does, year by year. Closed years ask for a word of their own. */
export function ReviewStep({ review, pending, error, onBack, onAct }: ReviewStepProps) {
  const [accepted, setAccepted] = useState(false);
  const [tried, setTried] = useState(false);
  const { preview, kind } = review;
  const closed = preview.closedYears;
  const finch = preview.finchLabel ?? "no type";
  const [before, after] = kind === "save" ? [finch, preview.mappedLabel] : [preview.mappedLabel, finch];

  function act() {
    setTried(true);
    if (closed.length === 0 || accepted) onAct(accepted);
  }

  return (
    <div className="grid gap-4">
      <p className="text-sm">
        These lines count as <b className="font-medium">{after}</b> instead of{" "}
        <b className="font-medium">{before}</b>.
      </p>
      <div>
        <PreviewYears preview={kind === "save" ? preview : turned(preview)} />
      </div>
      {closed.length > 0 ? (
        <Banner
          tone="attention"
          headingLevel={3}
          title={`This changes ${closed.length === 1 ? "a closed year" : "closed years"}: ${closed.join(", ")}`}
          means="W-2 forms may have been issued with the old amounts. A correction may need a W-2c."
          stacked
        >
          <Checkbox
            className="mt-2 text-ink"
            label="I know, and want it for these years too."
            checked={accepted}
            onChange={(event) => setAccepted(event.target.checked)}
          />
          {tried && !accepted ? (
            <FieldError>Say that you know, or choose a later first pay date.</FieldError>
          ) : null}
        </Banner>
      ) : null}
      {error ? (
        <Banner tone="attention" role="alert" headingLevel={3} title="Nothing was changed" stacked>
          {error.message}
        </Banner>
      ) : null}
      <div className="flex justify-end gap-2">
        <Button onClick={onBack}>Back</Button>
        <Button variant={kind === "undo" ? "danger" : "primary"} pending={pending} onClick={act}>
          {kind === "undo" ? "Undo the classification" : "Save"}
        </Button>
      </div>
    </div>
  );
}

/** Undoing goes from what is to what was. */
const turned = (preview: ClassificationPreview): ClassificationPreview => ({
  ...preview,
  years: preview.years.map((year) => ({
    ...year,
    box1: year.box1 && { before: year.box1.after, after: year.box1.before },
  })),
});
