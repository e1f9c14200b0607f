import { Segmented } from "@/components/ui/segmented";
import type { OwnJobView } from "@/lib/domain/users/label-jobs";
import { paths } from "@/lib/paths";

/** One's own persons, where there are several: another employer, or another payroll of the same one. */
export function PairSwitch({
  jobs,
  current,
  hrefOf = paths.meAs,
}: {
  jobs: readonly OwnJobView[];
  current: string;
  /** The same page as another one of them. */
  hrefOf?: (individualId: string) => string;
}) {
  if (jobs.length < 2) return null;
  return (
    <div className="mb-5 max-w-full overflow-x-auto">
      <Segmented
        label="Which of your jobs"
        value={current}
        items={jobs.map(({ individualId, label }) => ({
          value: individualId,
          label,
          href: hrefOf(individualId),
        }))}
      />
    </div>
  );
}
