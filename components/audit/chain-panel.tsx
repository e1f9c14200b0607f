import { Banner } from "@/components/ui/banner";
import { RelativeTime } from "@/components/ui/relative-time";
import { StatusShape } from "@/components/ui/status-shape";
import type { ChainStateView } from "@/lib/domain/audit/chain-state";
import { formatCount, formatNumber } from "@/lib/format/money";

interface ChainPanelProps {
  chain: ChainStateView;
  now: Date;
  zone: string | null;
  /** Who reads: what to do about a break differs. */
  asStaff: boolean;
}

const meaning =
  "Signed means that these entries are sealed with a key that the database does not hold: none of them can be changed, removed or added without it showing here.";
const beforeSeal = "From then on nothing here can be changed, removed or added without it showing.";
const shownProblems = 5;

/** Whether the audit can be believed, in one line; a chain that does not verify is told in alarm. */
export function ChainPanel({ chain, now, zone, asStaff }: ChainPanelProps) {
  if (chain.status === "empty") return null;
  if (chain.status === "broken") return <BrokenChain chain={chain} asStaff={asStaff} />;
  const { signed, unsigned, fullCheckedAt } = chain;
  const isLate = chain.status === "late";
  return (
    <section
      aria-label="State of the audit"
      data-tone={isLate ? "attention" : signed ? "healthy" : "waiting"}
      className="mb-4 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 rounded-lg border border-line bg-surface px-4 py-3 max-md:px-3"
    >
      <StatusShape shape={isLate ? "clock" : signed ? "check" : "hourglass"} className="mt-0.5 size-4" />
      <div>
        <p className="font-medium text-ink">
          {signed ? (
            <>
              Verified up to #{formatNumber(signed.seq)}, signed{" "}
              <RelativeTime value={signed.at} now={now} zone={zone} /> with key{" "}
              <span className="font-mono text-sm">{signed.keyId}</span>.
            </>
          ) : (
            <>
              {unsigned === 1 ? "The one entry checks" : `All ${formatNumber(unsigned)} entries check`} out.{" "}
              {isLate ? "The first hourly seal is hours late." : "The first hourly seal is still to come."}
            </>
          )}
        </p>
        <p className="mt-0.5 max-w-[88ch] text-sm text-secondary">
          {unsigned > 0 && signed ? <Unsigned count={unsigned} isLate={isLate} asStaff={asStaff} /> : null}
          {signed ? meaning : beforeSeal}
          {fullCheckedAt ? (
            <>
              {" "}
              Every entry was checked <RelativeTime value={fullCheckedAt} now={now} zone={zone} />.
            </>
          ) : null}
        </p>
      </div>
    </section>
  );
}

function Unsigned({ count, isLate, asStaff }: { count: number; isLate: boolean; asStaff: boolean }) {
  const entries = formatCount(count, "newer entry", "newer entries");
  if (!isLate) return <>{entries} will be signed within the hour. </>;
  return (
    <>
      <b className="font-medium text-tone-text">
        {entries} should have been signed hours ago
        {asStaff ? ": look after the worker." : "; Perch's operators can see why."}
      </b>{" "}
    </>
  );
}

function BrokenChain({ chain, asStaff }: { chain: ChainStateView; asStaff: boolean }) {
  const { problems, signed } = chain;
  return (
    <Banner
      tone="failing"
      role="alert"
      className="mb-4"
      title="This audit does not verify"
      means="Entries were changed, removed or added outside of Perch. What stands below cannot be relied on as evidence, and nothing new is signed."
      todo={
        asStaff
          ? "Keep the database and the log as they are, find out who had access, and compare with a backup: perch audit:verify names every place."
          : "Tell whoever operates this installation, and export the entries that matter to you."
      }
    >
      <ul className="mt-2 list-disc pl-5">
        {problems.slice(0, shownProblems).map(({ seq, text }) => (
          <li key={`${seq} ${text}`}>{text}</li>
        ))}
        {problems.length > shownProblems ? (
          <li>and {formatNumber(problems.length - shownProblems)} more</li>
        ) : null}
      </ul>
      {signed ? (
        <p className="mt-2">The last signature covers the entries up to #{formatNumber(signed.seq)}.</p>
      ) : null}
    </Banner>
  );
}
