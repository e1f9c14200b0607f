"use client";

import { useState } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/relative-time";
import { Section } from "@/components/ui/section";
import type { SecurityView } from "@/lib/domain/second-factor/views";

interface RecoverySectionProps {
  codes: SecurityView["recoveryCodes"];
  now: Date;
  /** Returns a message where it did not work. */
  onRenew: () => Promise<string | void>;
}

/** Fewer than this: time for a new set. */
const few = 3;

/** How many codes are left, and a new set. */
export function RecoverySection({ codes, now, onRenew }: RecoverySectionProps) {
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const left = codes?.left ?? 0;

  async function renew() {
    setPending(true);
    setProblem((await onRenew()) ?? null);
    setPending(false);
  }

  return (
    <Section title="Recovery codes" note="For the day your device is lost. Each works once.">
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3 py-3.5">
        <CodesLeft left={left} total={codes?.total ?? 0} />
        <p className="min-w-0 flex-[1_1_220px] text-sm text-secondary">
          {codes ? (
            <>
              <b className="font-medium text-ink">
                {left} of {codes.total} left
              </b>
              , made <RelativeTime value={codes.createdAt} now={now} zone={null} />.
              {left < few ? " Make a new set before the last is used." : ""} A new set voids these codes at
              once.
            </>
          ) : (
            "You have no recovery codes. Without them, a lost device means asking an administrator."
          )}
        </p>
        <Button pending={pending} pendingLabel="Making them" onClick={() => void renew()}>
          {codes ? "Make a new set" : "Make recovery codes"}
        </Button>
      </div>
      {problem ? (
        <Banner tone="attention" role="alert" headingLevel={3} stacked title="No new codes were made">
          {problem}
        </Banner>
      ) : null}
    </Section>
  );
}

/** One mark for each code of the set, filled while it is left. */
function CodesLeft({ left, total }: { left: number; total: number }) {
  if (total === 0) return null;
  return (
    <span aria-hidden="true" className="flex gap-1">
      {Array.from({ length: total }, (_, index) => (
        <span
          key={index}
          className={
            index < left ? "h-4 w-1.5 rounded-sm bg-healthy-solid" : "h-4 w-1.5 rounded-sm bg-line-strong"
          }
        />
      ))}
    </span>
  );
}
