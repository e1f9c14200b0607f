"use client";

import { Fingerprint, Smartphone } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { FieldError } from "@/components/ui/field";
import { Spinner } from "@/components/ui/spinner";
import type { EnrolledView } from "@/lib/domain/second-factor/views";
import { AppSetup } from "./app-setup";
import { canUsePasskeys } from "./passkey-client";
import { useStepUpActions } from "./step-up-provider";
import { useAppSetup } from "./use-app-setup";
import { usePasskeySetup } from "./use-passkey-setup";

interface EnrollPanelProps {
  onEnrolled: (enrolled: EnrolledView) => void;
  className?: string;
}

/** Nothing asks for a step-up here: there is no factor yet to show. */
const plainly = <Result,>(attempt: () => Promise<Result>) => attempt();

/** The first second factor: a passkey, or an authenticator app. */
export function EnrollPanel({ onEnrolled, className }: EnrollPanelProps) {
  const actions = useStepUpActions();
  const passkey = usePasskeySetup(actions, plainly);
  const app = useAppSetup(actions, plainly);
  const pending = passkey.pending || app.pending;
  const problem = passkey.problem ?? app.problem;

  async function addPasskey() {
    const enrolled = await passkey.setUp();
    if (enrolled) onEnrolled(enrolled);
  }

  if (app.begun) {
    return (
      <div className={className}>
        <AppSetup begun={app.begun} finish={app.finish} onEnrolled={onEnrolled} onBack={app.leave} />
      </div>
    );
  }
  return (
    <div className={cn("grid content-start gap-2.5", className)}>
      {canUsePasskeys() ? (
        <Choice
          icon={passkey.pending ? <Spinner /> : <Fingerprint size={20} aria-hidden="true" />}
          title="Passkey"
          note="Fingerprint, face or PIN of this device, or a security key. Cannot be phished."
          disabled={pending}
          onPick={() => void addPasskey()}
          first
        />
      ) : null}
      <Choice
        icon={app.pending ? <Spinner /> : <Smartphone size={20} aria-hidden="true" />}
        title="Authenticator app"
        note="A six-digit code from an app on your phone."
        disabled={pending}
        onPick={() => void app.begin()}
        first={!canUsePasskeys()}
      />
      <div className="min-h-[22px]" role="alert">
        {problem ? <FieldError>{problem}</FieldError> : null}
      </div>
    </div>
  );
}

interface ChoiceProps {
  icon: ReactNode;
  title: string;
  note: string;
  disabled: boolean;
  first: boolean;
  onPick: () => void;
}

function Choice({ icon, title, note, disabled, first, onPick }: ChoiceProps) {
  return (
    <button
      type="button"
      onClick={disabled ? undefined : onPick}
      aria-disabled={disabled || undefined}
      autoFocus={first}
      {...(first ? { "data-autofocus": "" } : {})}
      className="grid grid-cols-[24px_minmax(0,1fr)] items-center gap-3 rounded-lg border border-line-strong bg-surface px-4 py-3 text-left shadow-control transition-colors duration-quick hover:bg-surface-hover aria-disabled:cursor-not-allowed"
    >
      <span className="text-accent">{icon}</span>
      <span>
        <span className="block font-medium">{title}</span>
        <span className="block text-xs leading-normal text-muted">{note}</span>
      </span>
    </button>
  );
}
