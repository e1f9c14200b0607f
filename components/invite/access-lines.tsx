"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmInPlace } from "@/components/ui/confirm-in-place";
import { RelativeTime } from "@/components/ui/relative-time";
import { Chip } from "@/components/ui/status-chip";
import type {
  EmployeeAccountView,
  PendingInvitationView,
} from "@/lib/domain/invitations/get-employee-access";
import { formatInstant } from "@/lib/format/dates";

interface LineProps {
  zone: string | null;
  now: Date;
}

type Attempt = () => Promise<string | void>;

/** Somebody who has access, and how to end it. */
export function AccountLine({
  account,
  zone,
  now,
  onEnd,
}: LineProps & { account: EmployeeAccountView; onEnd: Attempt }) {
  return (
    <div className="grid gap-1.5 border-b border-line pb-3">
      <p className="font-medium [overflow-wrap:anywhere]">{account.email}</p>
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted">
        <Chip tone="healthy" shape="check" plain>
          Has access
        </Chip>
        <RelativeTime value={account.since} now={now} zone={zone} prefix="since " />
      </p>
      <ConfirmInPlace
        label="End access"
        question="End it at once? The person is told by mail."
        confirmLabel="End access"
        keepLabel="Keep it"
        onConfirm={onEnd}
      />
    </div>
  );
}

/** An invitation that nobody accepted yet. */
export function PendingLine({
  pending,
  zone,
  now,
  onResend,
  onRevoke,
}: LineProps & { pending: PendingInvitationView; onResend: Attempt; onRevoke: Attempt }) {
  const ends = formatInstant(pending.expiresAt, zone, { showZone: true });
  return (
    <div className="grid gap-1.5 border-b border-line pb-3">
      <p className="font-medium [overflow-wrap:anywhere]">{pending.email}</p>
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted">
        {pending.expired ? (
          <Chip tone="attention" shape="clock" plain>
            Not accepted in time
          </Chip>
        ) : (
          <Chip tone="waiting" shape="hourglass" plain>
            Invited
          </Chip>
        )}
        <span>
          <RelativeTime value={pending.sentAt} now={now} zone={zone} />
          {pending.invitedBy ? ` by ${pending.invitedBy}` : null}
        </span>
      </p>
      <p className="text-xs text-muted">
        {pending.expired ? `The link ended on ${ends}.` : `The link works until ${ends}.`}
      </p>
      <div className="flex flex-wrap gap-2">
        <SendAgain onResend={onResend} />
        <ConfirmInPlace
          label="Take back"
          question="Take the invitation back? Its link ends."
          confirmLabel="Take back"
          keepLabel="Keep it"
          onConfirm={onRevoke}
        />
      </div>
    </div>
  );
}

function SendAgain({ onResend }: { onResend: Attempt }) {
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function send() {
    setPending(true);
    setProblem((await onResend()) ?? null);
    setPending(false);
  }

  return (
    <>
      <Button size="sm" pending={pending} pendingLabel="Sending" onClick={() => void send()}>
        Send again
      </Button>
      {problem ? (
        <p role="alert" className="order-last w-full text-failing-text">
          {problem}
        </p>
      ) : null}
    </>
  );
}
