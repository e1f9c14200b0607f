import { Segmented } from "@/components/ui/segmented";
import { paths } from "@/lib/paths";

interface ItemsTabsProps {
  customerId: string;
  connectionId: string;
  current: "items" | "rules";
}

/** Own types of items, and Finch's rules on them: of one connection each. */
export function ItemsTabs({ customerId, connectionId, current }: ItemsTabsProps) {
  const query = { connection: connectionId };
  return (
    <div className="mb-4">
      <Segmented
        label="Pay items"
        value={current}
        items={[
          { value: "items", label: "Items", href: paths.payItems(customerId, query) },
          { value: "rules", label: "Finch’s rules", href: paths.payItemRules(customerId, query) },
        ]}
      />
    </div>
  );
}
