import { Banner } from "@/components/ui/banner";
import type { YtdPersonView } from "@/lib/domain/payroll/ytd/get-ytd-person";
import { formatDate } from "@/lib/format/dates";
import { formatCount } from "@/lib/format/money";

/** What a person's figures cover, where that is not everything. */
export function PersonCoverage({ view }: { view: YtdPersonView }) {
  const { coverage, figures, records } = view.row;
  const overlap = figures.find(({ opening }) => opening?.overlaps);
  const missing = coverage.expected - coverage.found;
  const isLacking = coverage.state === "lacking" || coverage.state === "waiting";
  const provider = records[0]?.providerName ?? "The provider";
  return (
    <>
      {isLacking ? (
        <Banner
          tone={coverage.state === "waiting" ? "waiting" : "attention"}
          title={`${formatCount(missing, "statement is", "statements are")} not here`}
          means={
            coverage.state === "waiting"
              ? `${provider} has not given them yet: these figures are too small, and will grow.`
              : "These figures are too small. Do not file from them."
          }
          className="mb-5"
        />
      ) : null}
      {coverage.state === "since" ? (
        <p className="mb-4 text-sm text-secondary">
          Since {formatDate(coverage.since ?? "")}: pay from before that day is not here.
        </p>
      ) : null}
      {coverage.through ? (
        <p className="mb-4 text-sm text-secondary">
          {coverage.state === "complete" ? "Complete through" : "Read through"} {formatDate(coverage.through)}
          : pay that is due later was not read yet.
        </p>
      ) : null}
      {overlap ? (
        <Banner
          title="An opening balance reaches into days of which statements are here"
          means="Something is counted twice."
          todo="Take the balance out, or change its last pay date."
          className="mb-5"
        />
      ) : null}
    </>
  );
}
