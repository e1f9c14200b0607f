import { Segmented } from "@/components/ui/segmented";
import { paths } from "@/lib/paths";

/** The two pages that say how estimates are made. */
export function RulesTabs({ customerId, current }: { customerId: string; current: "box-1" | "limits" }) {
  return (
    <div className="mb-4">
      <Segmented
        label="How estimates are made"
        value={current}
        items={[
          { value: "box-1", label: "Box 1 rules", href: paths.box1Rules(customerId) },
          { value: "limits", label: "Yearly limits", href: paths.payLimits(customerId) },
        ]}
      />
    </div>
  );
}
