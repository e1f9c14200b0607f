import { Banner } from "@/components/ui/banner";
import { InitialsTile } from "@/components/ui/avatar";
import { PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/relative-time";
import type { IndividualView } from "@/lib/domain/individuals/to-individual-view";
import { EmploymentStatus } from "./employment-status";

interface IndividualHeaderProps {
  person: IndividualView;
  now: Date;
  zone: string | null;
}

/** Who this is, what they are there, and where and when that was learned. */
export function IndividualHeader({ person, now, zone }: IndividualHeaderProps) {
  const { employment, connection } = person;
  const words = [employment.title, employment.department].flatMap((field) =>
    field.kind === "value" ? field.value : [],
  );
  return (
    <PageHeader
      leading={<InitialsTile name={person.name} size="xl" />}
      title={person.name ?? "Unnamed person"}
      status={
        employment.status.kind === "value" ? (
          <span className="text-sm font-normal">
            <EmploymentStatus status={employment.status.value} />
          </span>
        ) : null
      }
      description={
        <>
          {words.length > 0 ? `${words.join(", ")} · ` : null}
          {connection.asOf ? (
            <RelativeTime value={connection.asOf} now={now} zone={zone} prefix="as of " />
          ) : (
            "not read yet"
          )}
          , from {connection.providerName}
        </>
      }
    />
  );
}

/** What Finch answered for this person instead of data. */
export function IndividualProblems({ person }: { person: IndividualView }) {
  const names = { individual: "personal details", employment: "employment" };
  return person.problems.map(({ part, error }) => (
    <Banner
      key={part}
      tone="failing"
      className="mb-5"
      title={`${person.connection.providerName} did not give the ${names[part]} of this person`}
      means={`Finch answered: ${error.message} What was read before is still shown.`}
      todo="The next sync asks again. If it stays, look at this person in the provider."
      code={error.code}
    />
  ));
}
