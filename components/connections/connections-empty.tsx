import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { TextLink } from "@/components/ui/link";
import { paths } from "@/lib/paths";
import { WhyConnect } from "./why-connect";

/** No connection yet: one action, and the reasons to trust it. */
export function ConnectionsEmpty({ customerId, mayConnect }: { customerId: string; mayConnect: boolean }) {
  if (!mayConnect) {
    return (
      <EmptyState title="No payroll is connected yet">
        Only an administrator of this employer can connect one. People and their data appear here afterwards.
      </EmptyState>
    );
  }
  return (
    <div className="grid items-center gap-4 md:grid-cols-[minmax(0,1.25fr)_minmax(0,1fr)] md:gap-9">
      <EmptyState
        title="Connect your payroll"
        action={
          <span className="grid justify-items-center gap-2.5">
            <LinkButton href={paths.connectNew(customerId)} variant="primary">
              Choose a provider
            </LinkButton>
            <TextLink href={paths.employer(customerId)} quiet className="py-1 text-sm">
              Skip for now; this page keeps your place
            </TextLink>
          </span>
        }
      >
        Sign in to your provider once. Perch then keeps your people and their employment current by itself.
      </EmptyState>
      <WhyConnect />
    </div>
  );
}
