import { Segmented } from "@/components/ui/segmented";
import { paths } from "@/lib/paths";

interface Pair {
  customerName: string;
  connectionId: string;
  individualId: string;
}

/** One's own persons, where there are several: another employer, or another payroll of the same one. */
export function PairSwitch({
  pairs,
  current,
  hrefOf = paths.meAs,
}: {
  pairs: readonly Pair[];
  current: Pair;
  /** The same page as another one of them. */
  hrefOf?: (individualId: string) => string;
}) {
  if (pairs.length < 2) return null;
  return (
    <div className="mb-5 max-w-full overflow-x-auto">
      <Segmented
        label="Which of your jobs"
        value={current.individualId}
        items={pairs.map(({ customerName, individualId }, at) => ({
          value: individualId,
          label:
            pairs.filter((pair) => pair.customerName === customerName).length > 1
              ? `${customerName} (${at + 1})`
              : customerName,
          href: hrefOf(individualId),
        }))}
      />
    </div>
  );
}
