"use client";

import { QRCodeSVG } from "qrcode.react";
import { useEffect, useState } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Copyable } from "@/components/ui/copyable";
import { Skeleton } from "@/components/ui/skeleton";
import type { EnrolledView } from "@/lib/domain/second-factor/views";
import { CodeForm } from "./code-form";
import type { EnrollActions } from "./step-up-actions";

interface AppSetupProps {
  actions: EnrollActions;
  onEnrolled: (enrolled: EnrolledView) => void;
  onBack: () => void;
}

interface Begun {
  enrollmentId: string;
  uri: string;
  key: string;
}

/** Scan, then type the first code. The key can be typed where nothing scans. */
export function AppSetup({ actions, onEnrolled, onBack }: AppSetupProps) {
  const [begun, setBegun] = useState<Begun | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const { beginApp, finishApp } = actions;

  useEffect(() => {
    let here = true;
    void beginApp({})
      .catch(() => null)
      .then((result) => {
        if (!here) return;
        if (result?.ok) setBegun(result.data);
        else setProblem(result?.error.message ?? "Perch did not answer. Check the network and try again.");
      });
    return () => {
      here = false;
    };
  }, [beginApp]);

  if (problem) {
    return (
      <div className="grid gap-3">
        <Banner tone="failing" role="alert" headingLevel={3} stacked title="That did not work">
          {problem}
        </Banner>
        <Button className="justify-self-start" onClick={onBack}>
          Back
        </Button>
      </div>
    );
  }
  return (
    <div className="grid gap-4">
      <div className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-4 max-sm:grid-cols-1">
        <QrCode uri={begun?.uri ?? null} />
        <div className="min-w-0 text-sm text-secondary">
          <p>Scan this with your authenticator app, then type the code that it shows for Perch.</p>
          <p className="mt-2.5 text-xs text-muted">Cannot scan? Type this key:</p>
          {begun ? (
            <Copyable value={begun.key} label="key" className="[overflow-wrap:anywhere]" />
          ) : (
            <Skeleton className="mt-1 h-6 w-full" />
          )}
        </div>
      </div>
      <CodeForm
        kind="totp"
        label="Code of your authenticator app"
        hint="Six digits; a new one every 30 seconds."
        submitLabel="Set it up"
        aside={
          <Button variant="ghost" onClick={onBack}>
            Back
          </Button>
        }
        submit={(code) => finishApp({ enrollmentId: begun?.enrollmentId ?? "", code })}
        onDone={onEnrolled}
      />
    </div>
  );
}

const qrSize = 148;

/** Dark on white in either theme: cameras expect it. */
function QrCode({ uri }: { uri: string | null }) {
  return (
    <div className="size-[168px] rounded-lg border border-line bg-white p-2.5">
      {uri ? (
        <QRCodeSVG value={uri} size={qrSize} level="M" title="QR code for your authenticator app" />
      ) : null}
    </div>
  );
}
