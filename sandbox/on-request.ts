import type { Caller, World } from "@/sandbox/call";
import { hash32 } from "@/sandbox/seed/random";

type Named = { name: string | null };

const sourceIdOf = ({ name }: Named): string => `SUP-${1000 + (hash32(name ?? "") % 9000)}`;

/**
 * A department with the id of its supervisory organization, which Workday has and Finch gives to applications
 * that asked for it (Finch: Provider Setup, "Workday"). Unchanged for other providers and applications.
 */
export function withSourceId<T extends Named | null>(
  world: World,
  { provider }: Caller,
  section: "company.departments" | "directory.department",
  department: T,
): T {
  const asked = world.settings.onRequestFields && provider.onRequest?.includes(`${section}.source_id`);
  return asked && department ? { ...department, source_id: sourceIdOf(department) } : department;
}
