import { Section } from "@/components/ui/section";
import type { GivableRoleView } from "@/lib/domain/team/list-members";

/** What each role opens, in one sentence. */
export function RolesSection({ roles }: { roles: readonly GivableRoleView[] }) {
  return (
    <Section title="What the roles may do" className="mt-[30px]">
      <dl className="text-sm">
        {roles.map(({ name, label, summary }) => (
          <div
            key={name}
            className="grid gap-x-4 border-b border-line py-2 md:grid-cols-[168px_minmax(0,1fr)] md:items-baseline"
          >
            <dt className="font-medium">{label}</dt>
            <dd className="max-w-[92ch] text-secondary">{summary}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
