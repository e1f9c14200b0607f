import { Monitor, Smartphone } from "lucide-react";
import { RelativeTime } from "@/components/ui/relative-time";
import { Chip } from "@/components/ui/status-chip";
import { SubLine, Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import type { OwnSessionView } from "@/lib/auth/own-sessions";
import type { ActionResult } from "@/lib/client/action-result";
import { EndSessionButton } from "./end-session-button";

export type EndSession = (input: { sessionId: string }) => Promise<ActionResult<void>>;

interface SessionsTableProps {
  sessions: readonly OwnSessionView[];
  now: Date;
  zone: string | null;
  end: EndSession;
}

const methods: Record<string, string> = {
  email: "Mailed link",
  passkey: "Passkey",
  oidc: "Single sign-on",
};

/** One row for each browser that is signed in; this one first. */
export function SessionsTable({ sessions, now, zone, end }: SessionsTableProps) {
  return (
    <Table label="Sessions" density="relaxed">
      <THead>
        <TR>
          <TH>Browser</TH>
          <TH wide>Signed in with</TH>
          <TH wide>Network address</TH>
          <TH wide>Started</TH>
          <TH className="max-sm:hidden">Last seen</TH>
          <TH>
            <span className="sr-only">End</span>
          </TH>
        </TR>
      </THead>
      <TBody>
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} now={now} zone={zone} end={end} />
        ))}
      </TBody>
    </Table>
  );
}

function SessionRow({
  session,
  now,
  zone,
  end,
}: Omit<SessionsTableProps, "sessions"> & { session: OwnSessionView }) {
  const { id, browser, os, mobile, current, ip } = session;
  const Icon = mobile ? Smartphone : Monitor;
  const method = methods[session.method] ?? "Another way";
  const seen = <RelativeTime value={session.lastSeenAt} now={now} zone={zone} />;
  return (
    <TR>
      <TD rowHeader wrap>
        <span className="flex items-center gap-2.5">
          <Icon size={16} aria-hidden="true" className="flex-none text-muted" />
          <span className="min-w-0">
            {browser} <span className="font-normal text-secondary">on {os}</span>
            <SubLine className="md:hidden">
              {method}
              {ip ? `, ${ip}` : ""}
            </SubLine>
            <SubLine className="sm:hidden">seen {seen}</SubLine>
          </span>
        </span>
      </TD>
      <TD wide>{method}</TD>
      <TD wide className="tabular-nums">
        {ip ?? <span className="text-muted">not noted</span>}
      </TD>
      <TD wide>
        <RelativeTime value={session.createdAt} now={now} zone={zone} />
      </TD>
      <TD className="max-sm:hidden">{seen}</TD>
      <TD className="text-right">
        {current ? (
          <Chip tone="healthy" shape="check" plain>
            This browser
          </Chip>
        ) : (
          <EndSessionButton sessionId={id} name={`${browser} on ${os}`} end={end} />
        )}
      </TD>
    </TR>
  );
}
