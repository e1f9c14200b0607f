"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { notify } from "@/components/ui/notices";
import type { ActionError, ActionResult } from "@/lib/client/action-result";
import type { ItemRulesView, ItemRuleView, RulePreview } from "@/lib/domain/payroll/item-rules/views";
import type { RuleActions, RuleRequest } from "./rule-actions";
import { RuleForm, toWanted, typedRule } from "./rule-form";
import { RuleReview } from "./rule-review";

interface RuleDialogProps {
  customerId: string;
  connectionId: string;
  view: Pick<ItemRulesView, "entities" | "names">;
  /** Null for a new one. */
  rule: ItemRuleView | null;
  remove: boolean;
  actions: RuleActions;
  onClose: () => void;
}

const unreachable: ActionError = {
  code: "UNREACHABLE",
  message: "Perch did not answer, so nothing was asked of Finch. Check your network and try again.",
};
const answerOf = <T,>(asked: Promise<ActionResult<T>>) =>
  asked.catch((): ActionResult<T> => ({ ok: false, error: unreachable }));

/** First the rule, then which past lines it is for; only then Finch is asked. */
export function RuleDialog({
  customerId,
  connectionId,
  view,
  rule,
  remove,
  actions,
  onClose,
}: RuleDialogProps) {
  const router = useRouter();
  const [typed, setTyped] = useState(() => typedRule(rule, view.entities[0]?.id ?? ""));
  const [preview, setPreview] = useState<RulePreview | null>(null);
  const [pending, setPending] = useState(remove);
  const [error, setError] = useState<ActionError | null>(null);
  const request = (): RuleRequest => ({
    customerId,
    connectionId,
    entityId: rule?.entityId ?? typed.entityId,
    ruleId: rule?.id ?? null,
    seen: rule?.version ?? null,
    wanted: remove ? null : toWanted(typed),
  });

  async function look() {
    setPending(true);
    setError(null);
    show(await answerOf(actions.preview(request())));
  }

  function show(result: ActionResult<RulePreview>) {
    setPending(false);
    if (result.ok) setPreview(result.data);
    else fail(result.error);
  }

  function fail(problem: ActionError) {
    setError(problem);
    // The list behind shows what is there now.
    if (problem.code === "CONFLICT") router.refresh();
  }

  // What a deletion takes away needs no form before it.
  useEffect(() => {
    if (!remove) return undefined;
    let left = false;
    void answerOf(actions.preview(request())).then((result) => (left ? undefined : show(result)));
    return () => {
      left = true;
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once, when the dialog opens
  }, []);

  async function send() {
    setPending(true);
    setError(null);
    const result = await answerOf(actions.request(request()));
    setPending(false);
    if (!result.ok) {
      fail(result.error);
      if (result.error.field && !remove) setPreview(null);
      return;
    }
    notify({
      tone: "waiting",
      title: "Finch is being asked",
      detail: "The list below shows when it is done.",
    });
    router.refresh();
    onClose();
  }

  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent
        width="lg"
        title={remove ? "Delete this rule at Finch" : rule ? "Change this rule" : "A new rule"}
        description="A rule gives labels to lines at Finch. It changes no amount and no type: your own types do that."
      >
        {remove || preview ? (
          <RuleReview
            {...{ preview, pending, error, remove }}
            onBack={remove ? onClose : () => setPreview(null)}
            onSend={() => void send()}
          />
        ) : (
          <RuleForm
            {...{ typed, pending, error, rule }}
            entities={view.entities}
            names={view.names}
            onType={setTyped}
            onReview={() => void look()}
          />
        )}
      </DialogContent>
    </Dialog>
  );
}
