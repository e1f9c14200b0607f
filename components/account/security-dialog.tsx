"use client";

import dynamic from "next/dynamic";
import { useMemo } from "react";
import { RecoveryCodes } from "@/components/step-up/recovery-codes";
import type { EnrollActions } from "@/components/step-up/step-up-actions";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import type { EnrolledView } from "@/lib/domain/second-factor/views";

const AppSetup = dynamic(() => import("@/components/step-up/app-setup").then((module) => module.AppSetup), {
  ssr: false,
});

/** What stands in front of the security page: setting an app up, or codes that are shown once. */
export type SecurityTask = { kind: "app" } | { kind: "codes"; codes: string[] };

interface SecurityDialogProps {
  task: SecurityTask;
  actions: EnrollActions;
  run: <Result>(attempt: () => Promise<Result>) => Promise<Result>;
  onEnrolled: (enrolled: EnrolledView) => void;
  onClose: () => void;
}

export function SecurityDialog({ task, actions, run, onEnrolled, onClose }: SecurityDialogProps) {
  // Both ends of the setup may ask for a step-up: it lasts longer than ten minutes for somebody.
  const guarded = useMemo<EnrollActions>(
    () => ({
      ...actions,
      beginApp: (input) => run(() => actions.beginApp(input)),
      finishApp: (input) => run(() => actions.finishApp(input)),
    }),
    [actions, run],
  );
  const head =
    task.kind === "app"
      ? {
          title: "Add an authenticator app",
          description: "Any app for six-digit codes: 1Password, Google or Microsoft Authenticator, …",
        }
      : {
          title: "Keep your recovery codes",
          description:
            "Each opens your account once, on the day your device is lost. They are shown only now.",
        };
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent {...head}>
        {task.kind === "app" ? (
          <div className="min-h-[340px]">
            <AppSetup actions={guarded} onEnrolled={onEnrolled} onBack={onClose} />
          </div>
        ) : (
          <RecoveryCodes codes={task.codes} onDone={onClose} />
        )}
      </DialogContent>
    </Dialog>
  );
}
