"use client";

import { Button } from "@/components/ui/button";
import { Banner } from "@/components/ui/banner";

/** The list could not be read: what happened, what it means, what to do. */
export default function DirectoryError({
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
      title="The list could not be read"
      means="Nothing is lost: the data is in the database."
      todo="Try again. If it stays, tell whoever runs Perch the reference."
      requestId={error.digest}
      requestLabel="Reference"
      actions={<Button onClick={reset}>Try again</Button>}
    />
  );
}
