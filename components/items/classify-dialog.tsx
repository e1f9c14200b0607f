"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { notify } from "@/components/ui/notices";
import type { ActionError, ActionResult } from "@/lib/client/action-result";
import type {
  ClassificationPreview,
  ClassificationView,
  PayItemView,
} from "@/lib/domain/payroll/items/views";
import { payCategoryLabels, payTypeLabel } from "@/lib/format/pay-types";
import { ClassifyForm, type Typed } from "./classify-form";
import type { ItemActions } from "./item-actions";
import { itemName } from "./item-words";
import { ReviewStep } from "./review-step";

interface ClassifyDialogProps {
  customerId: string;
  connectionId: string;
  item: PayItemView;
  actions: ItemActions;
  onClose: () => void;
}

/** What is about to be saved or undone, once its effect is known. */
interface Review {
  kind: "save" | "undo";
  typed: Typed;
  /** The classification that is changed or undone; null for a new one. */
  change: ClassificationView | null;
  preview: ClassificationPreview;
}

const unreachable: ActionError = {
  code: "UNREACHABLE",
  message: "Perch did not answer, so nothing was changed. Check your network and try again.",
};
const answerOf = <T,>(asked: Promise<ActionResult<T>>) =>
  asked.catch((): ActionResult<T> => ({ ok: false, error: unreachable }));

/** First what the lines are to count as, then what that changes; only then it is saved. */
export function ClassifyDialog({ customerId, connectionId, item, actions, onClose }: ClassifyDialogProps) {
  const router = useRouter();
  const [changed, setChanged] = useState<ClassificationView | null>(item.current);
  const [typed, setTyped] = useState<Typed>(() => typedOf(item.current));
  const [review, setReview] = useState<Review | null>(null);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<ActionError | null>(null);
  const { category, name, finchType } = item;
  const key = { customerId, connectionId, category, name, finchType };

  async function look({ kind, typed: values, change }: Omit<Review, "preview">) {
    setPending(true);
    setError(null);
    const asked = { ...key, ...mappingOf(values), changeId: change?.id ?? null, undo: kind === "undo" };
    const result = await answerOf(actions.preview(asked));
    setPending(false);
    if (result.ok) setReview({ kind, typed: values, change, preview: result.data });
    else setError(result.error);
  }

  function open(change: ClassificationView | null) {
    setChanged(change);
    setTyped(typedOf(change));
    setError(null);
  }

  async function act(acceptClosedYears: boolean) {
    if (!review) return;
    setPending(true);
    setError(null);
    const change = review.change && { id: review.change.id, version: review.change.version };
    const result = await answerOf(
      review.kind === "undo" && change
        ? actions.undo({ customerId, ...change, acceptClosedYears })
        : actions.classify({
            ...key,
            ...mappingOf(review.typed),
            note: review.typed.note.trim() || null,
            change,
            acceptClosedYears,
          }),
    );
    setPending(false);
    if (!result.ok) {
      setError(result.error);
      // What is wrong in a field is said at the field.
      if (result.error.field && result.error.field !== "acceptClosedYears") setReview(null);
      return;
    }
    notify({
      tone: "healthy",
      title:
        review.kind === "undo"
          ? `${itemName(item)} counts by Finch’s type again`
          : `${itemName(item)} counts as ${payTypeLabel(category, review.typed.mappedType) ?? "you say"}`,
    });
    router.refresh();
    onClose();
  }

  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent
        width="lg"
        title={itemName(item)}
        description={`${payCategoryLabels[category]}. Finch’s type: ${item.finchLabel ?? "none"}.`}
      >
        {review ? (
          <ReviewStep
            {...{ review, pending, error }}
            onBack={() => {
              setReview(null);
              setError(null);
            }}
            onAct={(accepted) => void act(accepted)}
          />
        ) : (
          <ClassifyForm
            {...{ item, typed, pending, error, changed }}
            onType={setTyped}
            onReview={() => void look({ kind: "save", typed, change: changed })}
            onUndo={(one) => void look({ kind: "undo", typed: typedOf(one), change: one })}
            onChange={open}
          />
        )}
      </DialogContent>
    </Dialog>
  );
}

function typedOf(current: ClassificationView | null): Typed {
  return {
    mappedType: current?.mappedType ?? "",
    preTax: current?.mappedPreTax == null ? "" : current.mappedPreTax ? "yes" : "no",
    from: current?.effectiveFrom ?? "",
    to: current?.effectiveTo ?? "",
    note: current?.note ?? "",
  };
}

const mappingOf = ({ mappedType, preTax, from, to }: Typed) => ({
  mappedType,
  mappedPreTax: preTax === "" ? null : preTax === "yes",
  effectiveFrom: from || null,
  effectiveTo: to || null,
});
