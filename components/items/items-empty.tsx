import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { TextLink } from "@/components/ui/link";
import type { PayItemsView } from "@/lib/domain/payroll/items/views";
import { paths } from "@/lib/paths";

interface ItemsEmptyProps {
  customerId: string;
  source: PayItemsView["source"];
  mayConnect: boolean;
}

/** Not a single item: nothing is connected, payroll is not granted, or nothing arrived yet. */
export function ItemsEmpty({ customerId, source, mayConnect }: ItemsEmptyProps) {
  if (!source) {
    return (
      <EmptyState
        title="No payroll is connected"
        action={
          mayConnect ? (
            <LinkButton href={paths.connections(customerId)} variant="primary">
              Connect payroll
            </LinkButton>
          ) : null
        }
      >
        The items of pay statements appear here by themselves once a provider is connected.
      </EmptyState>
    );
  }
  const connection = (
    <TextLink href={paths.connection(customerId, source.id)}>{source.providerName}</TextLink>
  );
  if (!source.hasPayroll)
    return (
      <EmptyState title="This connection does not include pay statements">
        {connection} was connected without them. Reconnect it with pay statements to see their items.
      </EmptyState>
    );
  return (
    <EmptyState title={source.asOf ? "No items arrived yet" : "Items are on their way"}>
      They appear with the first pay statements of {connection}.
    </EmptyState>
  );
}
