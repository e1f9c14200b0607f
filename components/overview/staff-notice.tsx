import { TextLink } from "@/components/ui/link";

/** Over an employer's pages where staff look at them. */
export function StaffNotice({ employer, href }: { employer: string; href: string }) {
  return (
    <p role="note" className="border-b border-line bg-surface-sunken px-gutter py-2 text-sm text-secondary">
      You see {employer} as staff: connections and their health, no people and no pay.{" "}
      <TextLink href={href}>All employers</TextLink>
    </p>
  );
}
