"use client";

import { ConfirmInPlace } from "@/components/ui/confirm-in-place";
import { RelativeTime } from "@/components/ui/relative-time";
import { Chip } from "@/components/ui/status-chip";
import type {
  EmployeeAccountView,
  PendingInvitationView,
} from "@/lib/domain/invitations/get-employee-access";
import { formatInstant } from "@/lib/format/dates";
import { SendAgain } from "./send-again";
import { stateLooks } from "./state-looks";

interface LineProps {
  zone: string | null;
  now: Date;
}

type Attempt = () => Promise<string | void>;

function StateChip({ state }: { state: keyof typeof stateLooks }) {
  const { tone, shape, label } = stateLooks[state];
  return (
    <Chip tone={tone} shape={shape} plain>
      {label}
    </Chip>
  );
}

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
        <StateChip state="active" />
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
        <StateChip state={pending.expired ? "expired" : "invited"} />
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
