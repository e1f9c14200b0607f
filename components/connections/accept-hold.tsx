"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { ConfirmInPlace } from "@/components/ui/confirm-in-place";
import { notify } from "@/components/ui/toaster";
import { answerOf } from "@/lib/client/answer-of";
import { queryKeys, type QueryScope } from "@/lib/client/query-keys";
import type { ConnectionActions } from "./connection-actions";

export interface AcceptHoldProps {
  scope: QueryScope;
  connectionId: string;
  holdId: string;
  /** "26 payments". */
  rows: string;
  accept: ConnectionActions["acceptHold"];
}

const unanswered = "Perch did not answer. Load the page again to see whether it was noted.";

/** Says that held data is really gone, after it was asked once more. */
export function AcceptHold({ scope, connectionId, holdId, rows, accept }: AcceptHoldProps) {
  const router = useRouter();
  const queries = useQueryClient();
  const { customerId } = scope;

  async function letGo(): Promise<string | void> {
    const result = await answerOf(accept({ customerId, connectionId, holdId }), unanswered);
    if (!result.ok) return result.error.message;
    notify({
      tone: "waiting",
      title: "Noted: they are gone",
      detail: "A sync looks once more, then removes them.",
    });
    // The sync that looks once more is watched from its beginning.
    await queries.invalidateQueries({ queryKey: queryKeys.connections(scope) });
    router.refresh();
  }

  return (
    <ConfirmInPlace
      label="They are gone"
      question={`Remove ${rows} here, if Finch still gives none?`}
      confirmLabel="Remove them"
      keepLabel="Keep them"
      size="md"
      onConfirm={letGo}
    />
  );
}
