import { Copyable } from "@/components/ui/copyable";
import { TextLink } from "@/components/ui/link";
import type { W4SyncView } from "@/lib/domain/documents/w4-state";
import { formatCount, formatNumber } from "@/lib/format/money";
import { paths } from "@/lib/paths";

/** Whose forms Finch did not fetch, and why. */
export function W4Failures({ customerId, sync }: { customerId: string; sync: W4SyncView }) {
  if (sync.failed === 0)
    return sync.status === "failed" && sync.requestId ? (
      <p className="text-xs text-secondary">
        Finch request <Copyable value={sync.requestId} label="Finch request" />
      </p>
    ) : null;
  const more = sync.failed - sync.failures.length;
  return (
    <details>
      <summary className="cursor-pointer rounded-sm text-failing-text">
        {formatCount(sync.failed, "person", "people")} without a form from Finch
      </summary>
      <ul className="pt-1.5 pl-4">
        {sync.failures.map((person) => (
          <li key={person.individualId} className="py-0.5">
            <TextLink quiet href={paths.individual(customerId, person.individualId)}>
              {person.name}
            </TextLink>
            <span className="text-secondary">: {person.message}</span>
          </li>
        ))}
        {more > 0 ? <li className="text-muted">and {formatNumber(more)} more</li> : null}
      </ul>
    </details>
  );
}
