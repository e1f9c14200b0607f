import { Segmented } from "@/components/ui/segmented";
import { paths } from "@/lib/paths";

/** The two pages about the employer itself. */
export function CompanyTabs({ customerId, value }: { customerId: string; value: "profile" | "pay-groups" }) {
  return (
    <Segmented
      label="Company"
      value={value}
      className="mb-5"
      items={[
        { value: "profile", label: "Profile", href: paths.company(customerId) },
        { value: "pay-groups", label: "Pay groups and calendar", href: paths.payGroups(customerId) },
      ]}
    />
  );
}
