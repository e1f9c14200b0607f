"use client";

import { Fingerprint, Smartphone } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { useStepUpActions } from "@/components/step-up/step-up-provider";
import { useAppSetup } from "@/components/step-up/use-app-setup";
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
import { AppDialog, CodesDialog } from "./security-dialogs";
import { useKeptFocus } from "./use-kept-focus";

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
  const app = useAppSetup(enrollActions, run);
  const [codes, setCodes] = useState<string[] | null>(null);
  const [removing, setRemoving] = useState<FactorView | null>(null);
  const heading = useRef<HTMLSpanElement>(null);
  const removed = useRef(false);
  useKeptFocus(heading, codes !== null);
  useKeptFocus(heading, removing !== null, removed);
  const { factors, recoveryCodes, mayEnroll } = security;

  function enrolled({ factor, recoveryCodes: first }: EnrolledView) {
    app.leave();
    setCodes(first);
    notify({ tone: "healthy", title: `“${factor.name}” is set up`, detail: "You were told by mail." });
    router.refresh();
  }

  async function addPasskey() {
    const added = await passkey.setUp();
    if (added) enrolled(added);
  }

  async function remove(factor: FactorView): Promise<string | void> {
    const result = await run(() => actions.remove({ kind: factor.kind, id: factor.id }));
    removed.current = result.ok;
    if (!result.ok) return result.error.message;
    notify({ title: `“${factor.name}” is removed`, detail: "You were told by mail." });
    router.refresh();
  }

  async function renew() {
    const result = await run(() => actions.renewRecoveryCodes({}));
    if (result.ok) router.refresh();
    return result;
  }

  const add = (
    <AddButtons
      waiting={passkey.pending ? "passkey" : app.pending ? "app" : null}
      onPasskey={() => void addPasskey()}
      onApp={() => void app.begin()}
    />
  );
  const problem = passkey.problem ?? app.problem;
  return (
    <Sections>
      <Section
        title={
          <span ref={heading} tabIndex={-1} className="focus:outline-none">
            Your second factors
          </span>
        }
        aside={factors.length > 0 ? add : undefined}
      >
        {factors.length > 0 ? (
          <ul aria-label="Second factors">
            {factors.map((factor) => (
              <FactorRow
                key={factor.id}
                factor={factor}
                now={now}
                rename={actions.rename}
                onRemove={() => {
                  removed.current = false;
                  setRemoving(factor);
                }}
              />
            ))}
          </ul>
        ) : (
          <NoFactors mayEnroll={mayEnroll} add={add} />
        )}
        <div role="alert">{problem ? <FieldError>{problem}</FieldError> : null}</div>
      </Section>
      {factors.length > 0 ? <RecoverySection codes={recoveryCodes} now={now} onRenew={renew} /> : null}
      {app.begun ? (
        <AppDialog begun={app.begun} finish={app.finish} onEnrolled={enrolled} onClose={app.leave} />
      ) : null}
      {codes ? <CodesDialog codes={codes} onClose={() => setCodes(null)} /> : null}
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
  waiting: "passkey" | "app" | null;
  onPasskey: () => void;
  onApp: () => void;
}

function AddButtons({ waiting, onPasskey, onApp }: AddButtonsProps) {
  return (
    <span className="flex flex-wrap gap-2">
      <Button pending={waiting === "passkey"} onClick={onPasskey}>
        <Fingerprint size={14} aria-hidden="true" />
        Add a passkey
      </Button>
      <Button pending={waiting === "app"} onClick={onApp}>
        <Smartphone size={14} aria-hidden="true" />
        Add an authenticator app
      </Button>
    </span>
  );
}
