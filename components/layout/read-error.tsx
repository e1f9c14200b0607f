"use client";

import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";

export interface ReadErrorProps {
  error: Error & { digest?: string };
  reset: () => void;
  /** What happened: "The team could not be read". */
  title: string;
  means: string;
}

/** For the error.tsx of a list: its page stays, and the banner says what happened, what it means, what to do. */
export function ReadError({ error, reset, title, means }: ReadErrorProps) {
  return (
    <Banner
      tone="failing"
      role="alert"
      title={title}
      means={means}
      todo="Try again. If it stays, tell whoever runs Perch the reference."
      requestId={error.digest}
      requestLabel="Reference"
      actions={<Button onClick={reset}>Try again</Button>}
    />
  );
}
