import { RelativeTime } from "@/components/ui/relative-time";
import type { YtdView } from "@/lib/domain/payroll/ytd/list-ytd";
import { periodWords } from "./period-words";

type Described = Pick<YtdView, "period" | "sources" | "now" | "timeZone">;

/** Which days count, and how old the oldest of the data is. */
export function YtdDescription({ view }: { view: Described }) {
  const dated = view.sources.flatMap(({ asOf, providerName }) => (asOf ? [{ asOf, providerName }] : []));
  const [oldest] = dated.sort((a, b) => a.asOf.getTime() - b.asOf.getTime());
  const waiting = view.sources.filter(({ asOf }) => asOf === null).map(({ providerName }) => providerName);
  return (
    <>
      {periodWords(view.period)}
      {oldest ? (
        <>
          , <RelativeTime value={oldest.asOf} now={view.now} zone={view.timeZone} prefix="as of " />, from{" "}
          {oldest.providerName}
          {dated.length > 1 ? ` (the oldest of ${dated.length})` : null}
        </>
      ) : null}
      .{waiting.length > 0 ? ` Nothing from ${waiting.join(" and ")} yet.` : null}
    </>
  );
}
