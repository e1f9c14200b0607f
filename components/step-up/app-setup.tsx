"use client";

import { QRCodeSVG } from "qrcode.react";
import { Button } from "@/components/ui/button";
import { Copyable } from "@/components/ui/copyable";
import type { ActionResult } from "@/lib/client/action-result";
import type { EnrolledView } from "@/lib/domain/second-factor/views";
import { CodeForm } from "./code-form";
import type { BegunApp } from "./use-app-setup";

interface AppSetupProps {
  begun: BegunApp;
  finish: (code: string) => Promise<ActionResult<EnrolledView>>;
  onEnrolled: (enrolled: EnrolledView) => void;
  onBack: () => void;
}

const qrSize = 168;

/** Scan, then type the first code. The key can be typed where nothing scans. */
export function AppSetup({ begun, finish, onEnrolled, onBack }: AppSetupProps) {
  return (
    <div className="grid gap-4">
      <div className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-4 max-sm:grid-cols-1">
        {/* Dark on white with a white margin in either theme: cameras expect it. */}
        <QRCodeSVG
          value={begun.uri}
          size={qrSize}
          level="M"
          marginSize={4}
          bgColor="#ffffff"
          fgColor="#000000"
          title="QR code for your authenticator app"
          className="rounded-lg border border-line"
        />
        <div className="min-w-0 text-sm text-secondary">
          <p>Scan this with your authenticator app, then type the code that it shows for Perch.</p>
          <p className="mt-2.5 sm:hidden">
            {/* The app on this very phone cannot scan it. */}
            <a href={begun.uri} className="rounded-sm text-accent underline underline-offset-[3px]">
              Open it in the app of this phone
            </a>
          </p>
          <p className="mt-2.5 text-xs text-muted">Cannot scan? Type this key:</p>
          <Copyable value={begun.key} label="key" groups={4} className="[overflow-wrap:anywhere]" />
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
        submit={finish}
        onDone={onEnrolled}
      />
    </div>
  );
}
