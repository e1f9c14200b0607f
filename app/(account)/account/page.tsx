import type { Metadata } from "next";
import { EndOthersButton } from "@/components/account/end-others-button";
import { SessionsTable } from "@/components/account/sessions-table";
import { Breadcrumbs } from "@/components/layout/breadcrumbs";
import { PageHeader } from "@/components/ui/page-header";
import { listOwnSessions } from "@/lib/auth/own-sessions";
import { formatCount } from "@/lib/format/money";
import { isStaff } from "@/lib/domain/users/grants";
import { requireSession } from "@/lib/web/session";
import { endOtherSessionsAction, endSessionAction } from "./actions";

export const metadata: Metadata = { title: "Sessions" };

/** Where somebody is signed in, to see and to end. */
export default async function SessionsPage() {
  const { user, session, grants } = await requireSession();
  const sessions = await listOwnSessions({ userId: user.id, sessionId: session.id });
  const others = sessions.length - 1;
  const [idle, longest] = isStaff(grants) ? ["30 minutes", "12 hours"] : ["12 hours", "7 days"];
  return (
    <>
      <Breadcrumbs items={[{ label: "Your account" }, { label: "Sessions" }]} />
      <PageHeader
        title="Sessions"
        description={
          others > 0
            ? `You have ${formatCount(sessions.length, "open session", "open sessions")}. End what you do not know or no longer use.`
            : "You are signed in with this browser alone."
        }
        actions={others > 0 ? <EndOthersButton count={others} end={endOtherSessionsAction} /> : null}
      />
      <SessionsTable
        sessions={sessions}
        now={new Date()}
        zone={grants.find(({ timeZone }) => timeZone)?.timeZone ?? null}
        end={endSessionAction}
      />
      <p className="mt-4 max-w-[72ch] text-sm text-muted">
        A session ends by itself after {idle} without use, and after {longest} in any case. A session that you
        do not recognize may be somebody else: end it, then tell an administrator.
      </p>
    </>
  );
}
