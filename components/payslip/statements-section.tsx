import { Section } from "@/components/ui/section";
import { Segmented } from "@/components/ui/segmented";
import type { StatementsView } from "@/lib/domain/payroll/statements/read-statements";
import { formatCount } from "@/lib/format/money";
import { StatementsTable } from "./statements-table";

interface StatementsSectionProps {
  view: StatementsView;
  hrefOf: (statement: { id: string; paymentId: string }) => string;
  yearHref: (year: number) => string;
}

/** A person's pay statements with the choice of the year. */
export function StatementsSection({ view, hrefOf, yearHref }: StatementsSectionProps) {
  const count = view.years.find(({ year }) => year === view.year)?.statements ?? 0;
  return (
    <Section
      title="Pay statements"
      id="pay"
      {...(view.year === null
        ? {}
        : { note: `${formatCount(count, "statement")} in ${yearName(view.year)}` })}
    >
      {view.years.length > 1 ? (
        <div className="max-w-full overflow-x-auto pt-2.5 pb-1">
          <Segmented
            label="Year"
            value={String(view.year)}
            items={view.years.map(({ year }) => ({
              value: String(year),
              label: year === 0 ? "Undated" : String(year),
              href: yearHref(year),
            }))}
          />
        </div>
      ) : null}
      {view.year === null ? (
        <p className="py-3 text-sm text-secondary">{nothing(view)}</p>
      ) : (
        <StatementsTable view={view} hrefOf={hrefOf} />
      )}
    </Section>
  );
}

const yearName = (year: number) => (year === 0 ? "no year" : String(year));

function nothing({ isRead, provider, asOf }: StatementsView): string {
  if (!isRead) return `The connection to ${provider} does not include pay statements.`;
  if (asOf === null) return `On their way: ${provider} has not been read completely yet.`;
  return `${provider} gives no pay statements of this person.`;
}
