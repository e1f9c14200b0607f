import { Banner } from "@/components/ui/banner";
import { TextLink } from "@/components/ui/link";
import type { OrgChartView } from "@/lib/domain/org-chart/views";
import { formatCount, formatNumber } from "@/lib/format/money";
import { paths } from "@/lib/paths";

type Issue = OrgChartView["issues"][number];

const words: Record<Issue["kind"], (count: number) => string> = {
  missing_manager: (count) =>
    `${formatCount(count, "person names", "people name")} a manager who is not in the directory`,
  circle: (count) => `${formatCount(count, "circle")} of people who manage each other`,
  own_manager: (count) => `${formatCount(count, "person is", "people are")} their own manager`,
};

/** What in the provider's data makes no tree; these people stand on top. */
export function OrgIssues({ customerId, issues }: { customerId: string; issues: readonly Issue[] }) {
  if (issues.length === 0) return null;
  return (
    <Banner
      className="mb-4"
      tone="neutral"
      title="Some people stand on top though they name a manager"
      todo="Correct the manager at the provider; the next sync brings it."
    >
      <ul className="pt-1">
        {issues.map(({ kind, count, people }) => (
          <li key={kind}>
            {words[kind](count)}:{" "}
            {people.map(({ id, name }, at) => (
              <span key={id}>
                {at > 0 ? "; " : null}
                <TextLink href={paths.orgChart(customerId, { person: id })}>{name}</TextLink>
              </span>
            ))}
            {count > people.length ? ` and ${formatNumber(count - people.length)} more` : null}
          </li>
        ))}
      </ul>
    </Banner>
  );
}
