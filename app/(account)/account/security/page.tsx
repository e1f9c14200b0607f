import type { Metadata } from "next";
import { OtherSessions } from "@/components/account/other-sessions";
import { SecuritySettings } from "@/components/account/security-settings";
import { SecurityWhy } from "@/components/account/security-why";
import { Breadcrumbs } from "@/components/layout/breadcrumbs";
import { PageHeader } from "@/components/ui/page-header";
import { Split } from "@/components/ui/section";
import { listOwnSessions } from "@/lib/auth/own-sessions";
import { getSecurity } from "@/lib/domain/second-factor/get-security";
import { paths } from "@/lib/paths";
import { getMyPermissions } from "@/lib/web/context";
import { requirePerson } from "@/lib/web/person";
import { endOtherSessionsAction } from "../actions";
import { removeFactorAction, renameFactorAction, renewRecoveryCodesAction } from "./actions";

export const metadata: Metadata = { title: "Second factor" };

export default async function SecurityPage() {
  const person = await requirePerson();
  const [security, sessions, permissions] = await Promise.all([
    getSecurity(person),
    listOwnSessions({ userId: person.userId, sessionId: person.session.id }),
    getMyPermissions(),
  ]);
  const others = sessions.length - 1;
  return (
    <>
      <Breadcrumbs items={[{ label: "Your account", href: paths.account() }, { label: "Second factor" }]} />
      <PageHeader
        title="Second factor"
        description="Passkeys and authenticator apps confirm that it is you, where your mailbox is not enough."
      />
      <Split
        rail={
          <>
            <SecurityWhy permissions={permissions} />
            {others > 0 ? <OtherSessions count={others} end={endOtherSessionsAction} /> : null}
          </>
        }
      >
        <SecuritySettings
          security={security}
          now={new Date()}
          actions={{
            rename: renameFactorAction,
            remove: removeFactorAction,
            renewRecoveryCodes: renewRecoveryCodesAction,
          }}
        />
      </Split>
    </>
  );
}
