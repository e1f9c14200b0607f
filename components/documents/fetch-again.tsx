"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { notify } from "@/components/ui/toaster";
import type { ActionResult } from "@/lib/client/action-result";

interface FetchAgainProps {
  customerId: string;
  connectionId: string;
  individualId: string;
  request: (input: {
    customerId: string;
    connectionId: string;
    individualId: string;
  }) => Promise<ActionResult<{ joined: boolean; people: number }>>;
}

/** Has Finch look for this person's forms once more: a new one may have been handed in. */
export function FetchAgain({ request, ...target }: FetchAgainProps) {
  const router = useRouter();
  const [pending, setPending] = useState(false);

  async function ask() {
    setPending(true);
    const result = await request(target);
    setPending(false);
    if (!result.ok) notify({ tone: "failing", title: "Nothing was asked", detail: result.error.message });
    else if (result.data.joined)
      notify({
        tone: "waiting",
        title: "Finch is being asked already",
        detail: "Documents shows how far it is.",
      });
    else notify({ tone: "waiting", title: "Finch is asked now", detail: "Documents shows how far it is." });
    router.refresh();
  }

  return (
    <Button pending={pending} onClick={() => void ask()}>
      Fetch this person’s forms again
    </Button>
  );
}
