"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import type { StepUpOptionsView } from "@/lib/domain/second-factor/views";
import { CodeForm } from "./code-form";
import { DemoCodesLink } from "./demo-codes-link";
import { OidcWay } from "./oidc-way";
import { canUsePasskeys } from "./passkey-client";
import { PasskeyWay } from "./passkey-way";
import { useStepUpActions } from "./step-up-provider";
import { otherWay, waysOf, type Way } from "./ways";

interface WayPanelProps {
  options: StepUpOptionsView;
  onConfirmed: () => void;
  className?: string;
}

/** One way in front, the others below it. */
export function WayPanel({ options, onConfirmed, className }: WayPanelProps) {
  const ways = waysOf(options, canUsePasskeys());
  const [chosen, setChosen] = useState<Way | null>(null);
  const current = chosen ?? ways[0] ?? "recovery";
  const others = ways.filter((way) => way !== current);
  return (
    <div className={cn("flex flex-col", className)}>
      <CurrentWay key={current} way={current} options={options} onConfirmed={onConfirmed} />
      {others.length > 0 ? (
        <div className="-mx-5 mt-auto flex flex-wrap gap-x-1 gap-y-0.5 border-t border-line px-2.5 pt-2.5">
          {others.map((way) => (
            <Button key={way} variant="ghost" onClick={() => setChosen(way)}>
              {otherWay[way]}
            </Button>
          ))}
        </div>
      ) : null}
    </div>
  );
}

function CurrentWay({ way, options, onConfirmed }: { way: Way } & Omit<WayPanelProps, "className">) {
  const { enterCode, enterRecoveryCode } = useStepUpActions();
  if (way === "passkey") return <PasskeyWay onConfirmed={onConfirmed} />;
  if (way === "oidc") return <OidcWay />;
  if (way === "totp") {
    return (
      <CodeForm
        kind="totp"
        label="Code of your authenticator app"
        hint={options.demoCodes ? <DemoCodesLink /> : "Six digits; a new one every 30 seconds."}
        submit={(code) => enterCode({ code })}
        onDone={onConfirmed}
      />
    );
  }
  return (
    <CodeForm
      kind="recovery"
      label="Recovery code"
      hint={`${options.recoveryCodes} left. This one will not work again.`}
      submit={(code) => enterRecoveryCode({ code })}
      onDone={onConfirmed}
    />
  );
}
