"use client";

import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";

/** The team could not be read: what happened, what it means, what to do. */
export default function TeamError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <Banner
      tone="failing"
      role="alert"
      title="The team could not be read"
      means="Nobody's access changed."
      todo="Try again. If it stays, tell whoever runs Perch the reference."
      requestId={error.digest}
      requestLabel="Reference"
      actions={<Button onClick={reset}>Try again</Button>}
    />
  );
}
