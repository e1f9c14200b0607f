"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Copyable } from "@/components/ui/copyable";
import type { DemoCodeView } from "@/lib/domain/second-factor/views";

interface DemoCodesProps {
  accounts: DemoCodeView[];
  secondsLeft: number;
  periodSeconds: number;
}

/** The current code of each demo account, and when it changes. */
export function DemoCodes({ accounts, secondsLeft, periodSeconds }: DemoCodesProps) {
  const left = useCountdown(secondsLeft, accounts[0]?.code ?? "");
  return (
    <>
      <div className="flex items-center gap-3">
        <span aria-hidden="true" className="h-1 flex-1 overflow-hidden rounded-sm bg-line">
          <span
            className="block h-full bg-accent-solid transition-[width] duration-1000 ease-linear motion-reduce:transition-none"
            style={{ width: `${(left / periodSeconds) * 100}%` }}
          />
        </span>
        <p className="text-xs text-muted tabular-nums">New codes in {left} s</p>
      </div>
      <ul aria-label="Codes" className="mt-3">
        {accounts.map(({ email, code, nextCode }) => (
          <li
            key={email}
            className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line py-2.5 last:border-0"
          >
            <span className="min-w-0 flex-[1_1_200px]">
              <span className="block font-medium [overflow-wrap:anywhere]">{email}</span>
              <span className="block text-xs text-muted">
                next: <span className="font-mono">{nextCode}</span>
              </span>
            </span>
            <Copyable
              value={code}
              label={`code of ${email}`}
              className="text-xl tracking-[0.18em] text-ink"
            />
          </li>
        ))}
      </ul>
      <p className="mt-4 text-xs leading-normal text-muted">
        Each code works once. Where one was used, take the next: it is accepted already.
      </p>
    </>
  );
}

/** Counts down from what the server said, and asks it for the next codes at zero. */
function useCountdown(secondsLeft: number, shown: string): number {
  const router = useRouter();
  const [passed, setPassed] = useState({ of: shown, seconds: 0 });

  useEffect(() => {
    const start = performance.now();
    const timer = window.setInterval(() => {
      const seconds = Math.floor((performance.now() - start) / 1000);
      setPassed({ of: shown, seconds });
      if (seconds >= secondsLeft) router.refresh();
    }, 1000);
    return () => window.clearInterval(timer);
  }, [secondsLeft, shown, router]);

  return Math.max(0, secondsLeft - (passed.of === shown ? passed.seconds : 0));
}
