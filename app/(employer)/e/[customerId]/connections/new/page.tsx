import { ConnectLauncher } from "@/components/connections/connect-launcher";
import { ProviderPicker } from "@/components/connections/provider-picker";
import { WhyConnect } from "@/components/connections/why-connect";
import { Breadcrumbs } from "@/components/layout/breadcrumbs";
import { LinkButton } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { Section, Split } from "@/components/ui/section";
import { getConnectPage } from "@/lib/domain/connections/get-connect-page";
import { env } from "@/lib/env";
import { paths } from "@/lib/paths";
import { employerContext } from "@/lib/web/context";
import { requireUser } from "@/lib/web/session";
import { closeConnectAction, startConnectAction, startReauthenticateAction } from "../actions";

export const metadata = { title: "Connect payroll" };

const connectActions = {
  startConnect: startConnectAction,
  startReauthenticate: startReauthenticateAction,
  closeConnect: closeConnectAction,
};

interface PageProps {
  params: Promise<{ customerId: string }>;
  searchParams: Promise<{ q?: string | string[] }>;
}

export default async function ConnectNewPage({ params, searchParams }: PageProps) {
  const ctx = await employerContext((await params).customerId, { permission: "connection:connect" });
  const { id: userId } = await requireUser();
  const { customerId } = ctx.scope;
  const { customerName, providers } = await getConnectPage(ctx);
  const { q } = await searchParams;
  return (
    <ConnectLauncher
      scope={{ userId, customerId }}
      connectOrigin={env().FINCH_CONNECT_URL}
      actions={connectActions}
    >
      <Breadcrumbs
        items={[
          { label: customerName, href: paths.employer(customerId) },
          { label: "Connections", href: paths.connections(customerId) },
          { label: "Connect payroll" },
        ]}
      />
      <PageHeader
        title="Connect payroll"
        description={`Choose where ${customerName} runs payroll or keeps its people. You sign in there, in Finch Connect.`}
        actions={<LinkButton href={paths.connections(customerId)}>Not now</LinkButton>}
      />
      <Split
        rail={
          <Section title="Before you sign in">
            <WhyConnect />
          </Section>
        }
      >
        <div>
          <ProviderPicker
            scope={{ userId, customerId }}
            initial={providers}
            initialSearch={typeof q === "string" ? q.slice(0, 100) : ""}
          />
        </div>
      </Split>
    </ConnectLauncher>
  );
}
