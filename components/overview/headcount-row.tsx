import { TextLink } from "@/components/ui/link";
import { Stat, StatRow } from "@/components/ui/stat-row";
import { Chip } from "@/components/ui/status-chip";
import type { OverviewView } from "@/lib/domain/overview/get-overview";
import { formatNumber } from "@/lib/format/money";
import { paths } from "@/lib/paths";

/** Headcount, as the connected providers say it today. */
export function HeadcountRow({ customerId, view }: { customerId: string; view: OverviewView }) {
  const { total, active, inactive, contractors, onLeave } = view.headcount;
  const syncing = view.connections.filter(({ lastSyncSucceededAt }) => lastSyncSucceededAt === null).length;
  const unknown = total - active - inactive;
  const here = paths.directory(customerId);
  return (
    <StatRow>
      <Stat
        label="People"
        value={`${syncing > 0 && total > 0 ? "≥ " : ""}${formatNumber(total)}`}
        note={
          syncing > 0 ? (
            <Chip tone="waiting" shape="ring" plain>
              Incomplete: {syncing === 1 ? "one connection has" : `${syncing} connections have`} not finished
              a sync
            </Chip>
          ) : (
            <TextLink href={here} quiet>
              Open the directory
            </TextLink>
          )
        }
      />
      <Stat
        label="Active"
        value={formatNumber(active)}
        note={onLeave > 0 ? `${formatNumber(onLeave)} on leave` : "nobody on leave"}
      />
      <Stat
        label="Not active"
        value={formatNumber(inactive)}
        note={unknown > 0 ? `of ${formatNumber(unknown)} more it is not said` : "left or not started"}
      />
      <Stat label="Contractors" value={formatNumber(contractors)} note="among the active" />
    </StatRow>
  );
}
