import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DemoCodes } from "@/components/authenticator/demo-codes";
import { BrandMark } from "@/components/layout/brand";
import { EmptyState } from "@/components/ui/empty-state";
import { TextLink } from "@/components/ui/link";
import { listDemoCodes } from "@/lib/domain/second-factor/list-demo-codes";
import { paths } from "@/lib/paths";
import { isLocalVisit } from "@/lib/web/peer";

export const metadata: Metadata = { title: "Local authenticator" };

/** The phone of the demo accounts. Elsewhere, and for visitors from elsewhere, it does not exist. */
export default async function AuthenticatorPage() {
  if (!(await isLocalVisit())) notFound();
  const codes = await listDemoCodes();
  return (
    <div className="flex min-h-dvh flex-col bg-canvas">
      <header className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-gutter py-2">
        <BrandMark />
        <h1 className="text-base">Local authenticator</h1>
        <p className="text-xs text-muted">The phone of the demo accounts, only on this local copy.</p>
        <TextLink href={paths.signIn()} className="ml-auto py-1 text-sm">
          Sign in
        </TextLink>
      </header>
      <main id="main" className="mx-auto w-full max-w-[640px] px-gutter py-6">
        {codes.accounts.length > 0 ? (
          <DemoCodes {...codes} />
        ) : (
          <EmptyState title="No demo accounts here">
            The demo seed gives each of its accounts an authenticator: <code>npm run perch -- seed</code> adds
            what is missing.
          </EmptyState>
        )}
      </main>
    </div>
  );
}
