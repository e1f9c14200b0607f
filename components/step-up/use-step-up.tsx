"use client";

import dynamic from "next/dynamic";
import { useCallback, useState, type ReactNode } from "react";
import type { ActionError } from "@/lib/client/action-result";

const StepUpDialog = dynamic(() => import("./step-up-dialog").then((module) => module.StepUpDialog), {
  ssr: false,
});

const required = "STEP_UP_REQUIRED";

/** A server action's result, or whatever else says why it did not work. */
type Attempted = { ok: true } | { ok: false; error: ActionError };

interface Question {
  settle: (confirmed: boolean) => void;
}

const codeOf = (error: unknown): unknown => (error instanceof Error ? Reflect.get(error, "code") : undefined);

const unconfirmed = (error: ActionError): ActionError => ({
  ...error,
  message: "You closed the confirmation, so nothing was changed.",
});

/**
 * For what needs a second factor (SECURITY 4): `run(() => someAction(input))` asks for it where the answer says so, and
 * then repeats the action. Render `dialog` once. Where somebody closes the dialog, the refusal is the result. Also takes
 * what throws an error with the code STEP_UP_REQUIRED, such as fetchJson().
 */
export function useStepUp(): {
  run: <Result>(attempt: () => Promise<Result>) => Promise<Result>;
  dialog: ReactNode;
} {
  const [question, setQuestion] = useState<Question | null>(null);
  const [used, setUsed] = useState(false);

  const ask = useCallback(
    () =>
      new Promise<boolean>((resolve) => {
        setUsed(true);
        setQuestion({
          settle: (confirmed) => {
            setQuestion(null);
            resolve(confirmed);
          },
        });
      }),
    [],
  );

  const run = useCallback(
    async <Result,>(attempt: () => Promise<Result>): Promise<Result> => {
      let result: Result;
      try {
        result = await attempt();
      } catch (error) {
        if (codeOf(error) !== required || !(await ask())) throw error;
        return attempt();
      }
      if (!isRefusal(result)) return result;
      if (await ask()) return attempt();
      return { ...result, error: unconfirmed(result.error) };
    },
    [ask],
  );

  const dialog = used ? (
    <StepUpDialog open={question !== null} onSettle={question?.settle ?? ignore} />
  ) : null;
  return { run, dialog };
}

const ignore = () => undefined;

function isRefusal(result: unknown): result is Extract<Attempted, { ok: false }> {
  if (!result || typeof result !== "object" || Reflect.get(result, "ok") !== false) return false;
  const error: unknown = Reflect.get(result, "error");
  return !!error && typeof error === "object" && Reflect.get(error, "code") === required;
}
