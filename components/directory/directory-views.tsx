import { Segmented } from "@/components/ui/segmented";
import { paths } from "@/lib/paths";

/** The directory as a table, or by who reports to whom. */
export function DirectoryViews({ customerId, value }: { customerId: string; value: "table" | "chart" }) {
  return (
    <Segmented
      label="View"
      value={value}
      items={[
        { value: "table", label: "Table", href: paths.directory(customerId) },
        { value: "chart", label: "Chart", href: paths.orgChart(customerId) },
      ]}
    />
  );
}
