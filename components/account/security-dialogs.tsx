"use client";

import dynamic from "next/dynamic";
import { RecoveryCodes } from "@/components/step-up/recovery-codes";
import type { BegunApp } from "@/components/step-up/use-app-setup";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import type { ActionResult } from "@/lib/client/action-result";
import type { EnrolledView } from "@/lib/domain/second-factor/views";

// The QR code's drawing comes when somebody sets an app up.
const AppSetup = dynamic(() => import("@/components/step-up/app-setup").then((module) => module.AppSetup), {
  ssr: false,
});

interface AppDialogProps {
  begun: BegunApp;
  finish: (code: string) => Promise<ActionResult<EnrolledView>>;
  onEnrolled: (enrolled: EnrolledView) => void;
  onClose: () => void;
}

/** Setting up an authenticator app. */
export function AppDialog({ begun, finish, onEnrolled, onClose }: AppDialogProps) {
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent
        title="Add an authenticator app"
        description="Any app for six-digit codes does: on your phone, or in your password manager."
      >
        <div className="grid min-h-[328px] max-sm:min-h-[448px]">
          <AppSetup begun={begun} finish={finish} onEnrolled={onEnrolled} onBack={onClose} />
        </div>
      </DialogContent>
    </Dialog>
  );
}

interface CodesDialogProps {
  codes: string[];
  /** There was a set before. */
  renewed?: boolean;
  onClose: () => void;
}

const once = "Each opens your account once, on the day your device is lost. They are shown only now.";

/** The codes, this once. */
export function CodesDialog({ codes, renewed, onClose }: CodesDialogProps) {
  return (
    <Dialog open>
      <DialogContent
        mustAnswer
        title="Keep your recovery codes"
        description={renewed ? `${once} The codes before these no longer work.` : once}
      >
        <RecoveryCodes codes={codes} onDone={onClose} />
      </DialogContent>
    </Dialog>
  );
}
