import { EmptyState } from "@/components/ui/empty-state";

export default function ConnectionNotFound() {
  return (
    <>
      <h1 className="mb-4">No such connection</h1>
      <EmptyState title="This address leads to no connection that you can open">
        It may belong to another employer, or your role covers other connections. The navigation leads to
        yours.
      </EmptyState>
    </>
  );
}
