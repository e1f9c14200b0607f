"use client";

import { RotateCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { notify } from "@/components/ui/toaster";
import type { ActionResult } from "@/lib/client/action-result";
import { answerOf } from "@/lib/client/answer-of";
import { formatCount } from "@/lib/format/money";

type RetryInput = { id: string } | { job: string };
export type RetryJobs = (input: RetryInput) => Promise<ActionResult<{ jobs: number }>>;

interface RetryButtonProps {
  retry: RetryJobs;
  input: RetryInput;
  /** What the button says. */
  label: string;
  /** What it is about, for whoever hears many buttons of one name. */
  about: string;
}

const unanswered = "Perch did not answer. Check the network and try again.";

/** Starts failed work again. A refusal stands beside the button; the work itself is seen in the list. */
export function RetryButton({ retry, input, label, about }: RetryButtonProps) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const [failure, setFailure] = useState<string | null>(null);

  function press() {
    setFailure(null);
    startTransition(async () => {
      const result = await answerOf(retry(input), unanswered);
      if (result.ok)
        notify({
          tone: "healthy",
          title: `${formatCount(result.data.jobs, "job")} started again`,
          detail: about,
        });
      else setFailure(result.error.message);
      router.refresh();
    });
  }

  return (
    <span className="inline-flex flex-col items-end gap-1">
      <Button
        size="sm"
        pending={pending}
        pendingLabel="Starting"
        onClick={press}
        aria-label={`${label}: ${about}`}
      >
        <RotateCw size={12} aria-hidden="true" />
        {label}
      </Button>
      {failure ? (
        <span role="alert" className="max-w-[28ch] text-right text-xs whitespace-normal text-failing-text">
          {failure}
        </span>
      ) : null}
    </span>
  );
}
