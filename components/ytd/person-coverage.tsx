import { Banner } from "@/components/ui/banner";
import type { YtdPersonView } from "@/lib/domain/payroll/ytd/get-ytd-person";
import { personCoverage } from "@/lib/format/coverage-words";

/** What a person's figures cover, where that is not everything. */
export function PersonCoverage({ view }: { view: YtdPersonView }) {
  const { coverage, figures, records } = view.row;
  const overlap = figures.find(({ opening }) => opening?.overlaps);
  const { lacking, days } = personCoverage(coverage, records[0]?.providerName ?? "The provider");
  return (
    <>
      {lacking ? (
        <Banner
          tone={coverage.state === "waiting" ? "waiting" : "attention"}
          title={lacking.title}
          means={lacking.means}
          className="mb-5"
        />
      ) : null}
      {days.map((text) => (
        <p key={text} className="mb-4 text-sm text-secondary">
          {text}
        </p>
      ))}
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
