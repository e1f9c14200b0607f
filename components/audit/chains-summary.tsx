import { Banner } from "@/components/ui/banner";
import { Stat, StatRow } from "@/components/ui/stat-row";
import type { ChainsView } from "@/lib/domain/audit/list-chain-states";
import { formatCount, formatNumber } from "@/lib/format/money";

/** How many chains there are, and how many of them need a look. */
export function ChainsSummary({
  view,
}: {
  view: Pick<ChainsView, "chains" | "broken" | "late" | "waiting">;
}) {
  const { chains, broken, late, waiting } = view;
  return (
    <>
      {broken > 0 ? (
        <Banner
          tone="failing"
          className="mb-4"
          title={`${formatCount(broken, "chain does", "chains do")} not verify`}
          means="Entries were changed, removed or added outside of Perch. A broken chain is not signed any more."
          todo="Keep the database and the logs as they are, and run npm run perch -- audit:verify: it names every place."
        />
      ) : null}
      {late > 0 ? (
        <Banner
          className="mb-4"
          title={`${formatCount(late, "chain has", "chains have")} entries that should be signed by now`}
          means="Heads are signed every hour by the worker. Until then newer entries can be changed without a signature that shows it."
          todo="See that a worker runs and has AUDIT_SIGNING_KEYS; its log says why a chain could not be checked."
        />
      ) : null}
      <StatRow>
        <Stat
          label="Chains"
          value={formatNumber(chains.length)}
          note="one for each employer, one for the platform"
        />
        <Stat label="Broken" value={formatNumber(broken)} note="do not verify" />
        <Stat label="Not signed in time" value={formatNumber(late)} note="for more than 3 hours" />
        <Stat label="First signature to come" value={formatNumber(waiting)} note="no signature yet" />
      </StatRow>
    </>
  );
}
