import { EmptyState } from "@/components/ui/empty-state";

export default function PayStatementNotFound() {
  return (
    <>
      <h1 className="mb-4">No such pay statement</h1>
      <EmptyState title="This address leads to no pay statement that you can open">
        The provider may have taken it back, or it belongs to another employer. The payment shows the
        statements that are there.
      </EmptyState>
    </>
  );
}
