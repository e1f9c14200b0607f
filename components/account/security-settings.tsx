"use client";

import { Fingerprint, Smartphone } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useStepUpActions } from "@/components/step-up/step-up-provider";
import { usePasskeySetup } from "@/components/step-up/use-passkey-setup";
import { useStepUp } from "@/components/step-up/use-step-up";
import { Button } from "@/components/ui/button";
import { FieldError } from "@/components/ui/field";
import { Section, Sections } from "@/components/ui/section";
import { notify } from "@/components/ui/toaster";
import type { EnrolledView, FactorView, SecurityView } from "@/lib/domain/second-factor/views";
import { FactorRow } from "./factor-row";
import { NoFactors } from "./no-factors";
import { RecoverySection } from "./recovery-section";
import { RemoveFactorDialog } from "./remove-factor-dialog";
import type { SecurityActions } from "./security-actions";
import { SecurityDialog, type SecurityTask } from "./security-dialog";

interface SecuritySettingsProps {
  security: SecurityView;
  actions: SecurityActions;
  now: Date;
}

/** A person's second factors: what there is, another one, the recovery codes. */
export function SecuritySettings({ security, actions, now }: SecuritySettingsProps) {
  const router = useRouter();
  const enrollActions = useStepUpActions();
  const { run, dialog } = useStepUp();
  const passkey = usePasskeySetup(enrollActions, run);
  const [task, setTask] = useState<SecurityTask | null>(null);
  const [removing, setRemoving] = useState<FactorView | null>(null);
  const { factors, recoveryCodes, mayEnroll } = security;

  function enrolled({ factor, recoveryCodes: codes }: EnrolledView) {
    setTask(codes ? { kind: "codes", codes } : null);
    notify({ tone: "healthy", title: `“${factor.name}” is set up`, detail: "You were told by mail." });
    router.refresh();
  }

  async function addPasskey() {
    const added = await passkey.setUp();
    if (added) enrolled(added);
  }

  async function remove(factor: FactorView): Promise<string | void> {
    const result = await run(() => actions.remove({ kind: factor.kind, id: factor.id }));
    if (!result.ok) return result.error.message;
    notify({ title: `“${factor.name}” is removed`, detail: "You were told by mail." });
    router.refresh();
  }

  async function renew(): Promise<string | void> {
    const result = await run(() => actions.renewRecoveryCodes({}));
    if (!result.ok) return result.error.message;
    setTask({ kind: "codes", codes: result.data });
    router.refresh();
  }

  const add = (
    <AddButtons
      pending={passkey.pending}
      onPasskey={() => void addPasskey()}
      onApp={() => setTask({ kind: "app" })}
    />
  );
  return (
    <Sections>
      <Section title="Your second factors" aside={factors.length > 0 ? add : undefined}>
        {factors.length > 0 ? (
          <ul aria-label="Second factors">
            {factors.map((factor) => (
              <FactorRow
                key={factor.id}
                factor={factor}
                now={now}
                rename={actions.rename}
                onRemove={() => setRemoving(factor)}
              />
            ))}
          </ul>
        ) : (
          <NoFactors mayEnroll={mayEnroll} add={add} />
        )}
        <div role="alert">{passkey.problem ? <FieldError>{passkey.problem}</FieldError> : null}</div>
      </Section>
      {factors.length > 0 ? <RecoverySection codes={recoveryCodes} now={now} onRenew={renew} /> : null}
      {task ? (
        <SecurityDialog
          task={task}
          actions={enrollActions}
          run={run}
          onEnrolled={enrolled}
          onClose={() => setTask(null)}
        />
      ) : null}
      {removing ? (
        <RemoveFactorDialog
          factor={removing}
          isLast={factors.length === 1}
          onClose={() => setRemoving(null)}
          onConfirm={() => remove(removing)}
        />
      ) : null}
      {dialog}
    </Sections>
  );
}

interface AddButtonsProps {
  pending: boolean;
  onPasskey: () => void;
  onApp: () => void;
}

function AddButtons({ pending, onPasskey, onApp }: AddButtonsProps) {
  return (
    <span className="flex flex-wrap gap-2">
      <Button pending={pending} pendingLabel="Waiting for your device" onClick={onPasskey}>
        <Fingerprint size={14} aria-hidden="true" />
        Add a passkey
      </Button>
      <Button onClick={onApp}>
        <Smartphone size={14} aria-hidden="true" />
        Add an authenticator app
      </Button>
    </span>
  );
}
