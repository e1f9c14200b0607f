"use client";

import { Check, Copy, Download } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";

interface RecoveryCodesProps {
  codes: readonly string[];
  /** In a dialog that is open already; one that opens finds its place itself. */
  takesFocus?: boolean;
  onDone: () => void;
}

const fileText = (codes: readonly string[]) =>
  [
    `Recovery codes for Perch at ${window.location.host}`,
    "Each works once. Keep them where your phone is not.",
    "",
    ...codes,
    "",
  ].join("\n");

/** The only time that the codes are on a screen. */
export function RecoveryCodes({ codes, takesFocus, onDone }: RecoveryCodesProps) {
  const [copied, setCopied] = useState(false);

  async function copy() {
    await navigator.clipboard.writeText(fileText(codes));
    setCopied(true);
  }

  function download() {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([fileText(codes)], { type: "text/plain" }));
    link.download = "perch-recovery-codes.txt";
    link.click();
    URL.revokeObjectURL(link.href);
  }

  return (
    <div className="grid gap-3.5">
      <ul
        aria-label="Recovery codes"
        className="grid grid-cols-2 gap-x-6 gap-y-1.5 rounded-lg border border-line bg-surface-sunken px-4 py-3 font-mono text-sm max-sm:grid-cols-1"
      >
        {codes.map((code) => (
          <li key={code} className="whitespace-nowrap">
            {code}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => void copy()}>
          {copied ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
          {copied ? "Copied" : "Copy all"}
        </Button>
        <Button onClick={download}>
          <Download size={14} aria-hidden="true" />
          Download
        </Button>
        <Button
          variant="primary"
          className="ml-auto"
          autoFocus={takesFocus}
          data-autofocus=""
          onClick={onDone}
        >
          I have kept them
        </Button>
      </div>
      <span role="status" className="sr-only">
        {copied ? "Copied" : ""}
      </span>
    </div>
  );
}
