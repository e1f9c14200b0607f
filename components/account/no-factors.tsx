"use client";

import type { ReactNode } from "react";
import { SignInAgain } from "@/components/step-up/sign-in-again";

/** Nothing yet: why there should be something, and the way to it. */
export function NoFactors({ mayEnroll, add }: { mayEnroll: boolean; add: ReactNode }) {
  return (
    <div className="grid justify-items-start gap-3 py-4">
      <p className="text-lg font-semibold">Your mailbox alone opens your account</p>
      <p className="max-w-[64ch] text-sm leading-normal text-secondary">
        Whoever reads your mail, or finds your browser open, could disconnect payroll or see Social Security
        numbers. A second factor is something that only you have: these steps then ask for it, and mail is
        never enough.
      </p>
      {mayEnroll ? add : <SignInAgain className="max-w-[64ch]" />}
    </div>
  );
}
