import { Segmented } from "@/components/ui/segmented";
import { paths } from "@/lib/paths";

interface AuditTabsProps {
  current: "platform" | "chains" | "employer";
  /** The employer whose chain is open. */
  employer?: { id: string; name: string } | null;
}

/** Staff's parts of the audit: the platform's own chain, and where every employer's stands. */
export function AuditTabs({ current, employer }: AuditTabsProps) {
  return (
    <div className="mb-4">
      <Segmented
        label="Part of the audit"
        value={current}
        items={[
          { value: "platform", label: "Platform", href: paths.adminAudit() },
          { value: "chains", label: "All chains", href: paths.adminAuditChains() },
          ...(employer
            ? [{ value: "employer", label: employer.name, href: paths.adminAuditOf(employer.id) }]
            : []),
        ]}
      />
    </div>
  );
}
