import { Banner } from "@/components/ui/banner";
import { formatDate } from "@/lib/format/dates";
import { formatCount } from "@/lib/format/money";

const mostDays = 12;

/** Days whose pay may be missing from an employee's own list and year. Nothing else of those payments is known here. */
export function AwaitedPay({ days, provider }: { days: readonly (string | null)[]; provider: string }) {
  if (days.length === 0) return null;
  const named = days
    .slice(0, mostDays)
    .map((day) => (day === null ? "A payment without a pay date" : formatDate(day)));
  const more = days.length - named.length;
  return (
    <Banner
      tone="waiting"
      title="Pay may be missing here"
      means={`Not everything that ${provider} has of these days has come yet, so that the list and the year may lack it.`}
      todo="Nothing: it is added as soon as it comes. If it stays away, ask your employer."
      className="mb-5"
    >
      <ul className="mt-1.5 list-disc pl-5">
        {named.map((day) => (
          <li key={day}>{day}</li>
        ))}
        {more > 0 ? <li>{formatCount(more, "earlier day")}</li> : null}
      </ul>
    </Banner>
  );
}
