"use client";

import { Button, buttonStyles } from "@/components/ui/button";
import { Copyable } from "@/components/ui/copyable";
import { ThreeParts } from "@/components/ui/three-parts";
import { SheetPage } from "./sheet-page";

export interface ErrorProps {
  /** The reference under which the server's log has the cause; the message itself never leaves the server. */
  digest?: string;
  onRetry: () => void;
}

function ErrorParts({ digest, onRetry }: ErrorProps) {
  return (
    <>
      <ThreeParts
        what="The page could not be put together."
        means="Nothing is lost: what was saved before is saved. What you were just sending may not be."
        todo="Try again. If it stays, tell whoever runs Perch the reference below."
      />
      {digest ? (
        <p className="mt-4 flex flex-wrap items-center gap-2 text-xs text-muted">
          Reference <Copyable value={digest} label="reference" />
        </p>
      ) : null}
      <div className="mt-5 flex flex-wrap gap-2">
        <Button variant="primary" onClick={onRetry}>
          Try again
        </Button>
        {/* A full load on purpose: the client's state may be what is broken. */}
        {/* eslint-disable-next-line @next/next/no-html-link-for-pages -- see above */}
        <a href="/" className={buttonStyles()}>
          Go to the start page
        </a>
      </div>
    </>
  );
}

/** A whole page for an error outside the shell. */
export function ErrorSheet(props: ErrorProps) {
  return (
    <SheetPage title="Something went wrong" width="wide">
      <ErrorParts {...props} />
    </SheetPage>
  );
}

/** For an error.tsx inside the shell: the navigation stays, the page says what happened. */
export function ErrorSection(props: ErrorProps) {
  return (
    <div role="alert" className="max-w-[620px]">
      <h1 className="mb-3">Something went wrong</h1>
      <ErrorParts {...props} />
    </div>
  );
}
