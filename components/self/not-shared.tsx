import { EmptyState } from "@/components/ui/empty-state";

/** The employer's connection is gone, or the person left the provider: said calmly, there is nothing to do. */
export function NotShared({ employer }: { employer: string }) {
  return (
    <>
      <h1 className="mb-4">My profile</h1>
      <EmptyState title={`${employer} does not share your data with Perch at the moment`}>
        Nothing is wrong with your account. Your profile comes back by itself when {employer} connects its
        payroll again. Your payroll provider still has all of it.
      </EmptyState>
    </>
  );
}
