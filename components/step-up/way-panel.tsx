"use client";

import { useState, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { DialogClose } from "@/components/ui/dialog";
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

/** One way in front, the others in the footer. */
export function WayPanel({ options, onConfirmed, className }: WayPanelProps) {
  const ways = waysOf(options, canUsePasskeys());
  const [chosen, setChosen] = useState<Way | null>(null);
  const current = chosen ?? ways[0] ?? "recovery";
  const others = ways.filter((way) => way !== current);
  const aside = others.map((way) => (
    <Button key={way} variant="ghost" onClick={() => setChosen(way)}>
      {otherWay[way]}
    </Button>
  ));
  return (
    <div className={cn("flex flex-col", className)}>
      {current === "totp" || current === "recovery" ? (
        <CodeWay
          key={current}
          kind={current}
          options={options}
          aside={aside.length > 0 ? aside : null}
          onConfirmed={onConfirmed}
        />
      ) : (
        <>
          {current === "passkey" ? <PasskeyWay onConfirmed={onConfirmed} /> : <OidcWay />}
          <div className="-mx-5 mt-auto -mb-4 flex flex-wrap items-center gap-2 border-t border-line px-5 py-3">
            <div className="-ml-3 flex flex-wrap gap-0.5">{aside}</div>
            <Cancel className="ml-auto" />
          </div>
        </>
      )}
    </div>
  );
}

function Cancel({ className }: { className?: string }) {
  return (
    <DialogClose asChild>
      <Button className={className}>Cancel</Button>
    </DialogClose>
  );
}

interface CodeWayProps extends Omit<WayPanelProps, "className"> {
  kind: "totp" | "recovery";
  aside: ReactNode;
}

function CodeWay({ kind, options, aside, onConfirmed }: CodeWayProps) {
  const { enterCode, enterRecoveryCode } = useStepUpActions();
  const footer = { aside, cancel: <Cancel /> };
  if (kind === "totp") {
    return (
      <CodeForm
        {...footer}
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
      {...footer}
      kind="recovery"
      label="Recovery code"
      hint={`${options.recoveryCodes} left. This one will not work again.`}
      submit={(code) => enterRecoveryCode({ code })}
      onDone={onConfirmed}
    />
  );
}
