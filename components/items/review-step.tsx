"use client";

import { useState } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { FieldError } from "@/components/ui/field";
import type { ActionError } from "@/lib/client/action-result";
import type { ClassificationPreview } from "@/lib/domain/payroll/items/views";
import { daysWords, preTaxWords } from "./item-words";
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

  function act() {
    setTried(true);
    if (closed.length === 0 || accepted) onAct(accepted);
  }

  return (
    <div className="grid gap-4">
      <Changes changes={preview.changes} />
      {preview.changes.length > 0 ? (
        <div>
          <PreviewYears preview={preview} />
        </div>
      ) : null}
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

/** What becomes of which pay dates. Narrower days give the others back to what counted before. */
function Changes({ changes }: Pick<ClassificationPreview, "changes">) {
  if (changes.length === 0)
    return <p className="text-sm">Every line counts as it did. Only the note is kept anew.</p>;
  return changes.map(({ before, after, ranges, undated }) => {
    const days = [...ranges.map(daysWords), ...(undated && ranges.length === 0 ? ["no pay date"] : [])];
    const isAll = days.length === 1 && days[0] === daysWords({ effectiveFrom: null, effectiveTo: null });
    return (
      <p key={typeWords(before) + typeWords(after)} className="text-sm">
        These lines count as <b className="font-medium">{typeWords(after)}</b> instead of{" "}
        <b className="font-medium">{typeWords(before)}</b>.
        {isAll ? null : (
          <span className="text-secondary">
            {" "}
            Pay dates: {days.join("; ")}
            {undated && ranges.length > 0 ? ", and lines without one" : ""}.
          </span>
        )}
      </p>
    );
  });
}

const typeWords = ({ label, preTax }: ClassificationPreview["changes"][number]["before"]) =>
  [label ?? "no type", preTaxWords(preTax)].filter(Boolean).join(", ");
