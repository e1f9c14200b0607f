"use client";

import { useRef, useState } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/relative-time";
import { Section } from "@/components/ui/section";
import type { ActionResult } from "@/lib/client/action-result";
import type { SecurityView } from "@/lib/domain/second-factor/views";
import { RenewCodesDialog } from "./renew-codes-dialog";
import { CodesDialog } from "./security-dialogs";
import { useKeptFocus } from "./use-kept-focus";

interface RecoverySectionProps {
  codes: SecurityView["recoveryCodes"];
  now: Date;
  onRenew: () => Promise<ActionResult<string[]>>;
}

/** Fewer than this: time for a new set. */
const few = 3;

/** How many codes are left, and a new set. */
export function RecoverySection({ codes, now, onRenew }: RecoverySectionProps) {
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const [made, setMade] = useState<{ codes: string[]; renewed: boolean } | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  useKeptFocus(button, made !== null);
  const left = codes?.left ?? 0;

  async function renew(): Promise<string | void> {
    const result = await onRenew();
    if (!result.ok) return result.error.message;
    setAsking(false);
    setMade({ codes: result.data, renewed: left > 0 });
  }

  async function begin() {
    if (left > 0) return setAsking(true);
    setPending(true);
    setProblem((await renew()) ?? null);
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
              {left < few ? " Make a new set before the last is used." : ""}
            </>
          ) : (
            "You have no recovery codes. Without them, a lost device means asking an administrator."
          )}
        </p>
        <Button ref={button} pending={pending} pendingLabel="Making them" onClick={() => void begin()}>
          {codes ? "Make a new set" : "Make recovery codes"}
        </Button>
      </div>
      {problem ? (
        <Banner tone="attention" role="alert" headingLevel={3} stacked title="No new codes were made">
          {problem}
        </Banner>
      ) : null}
      {asking ? <RenewCodesDialog left={left} onClose={() => setAsking(false)} onConfirm={renew} /> : null}
      {made ? <CodesDialog {...made} onClose={() => setMade(null)} /> : null}
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
