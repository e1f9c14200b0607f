import { RelativeTime } from "@/components/ui/relative-time";
import type { DirectorySourceView } from "@/lib/domain/individuals/list-directory";
import { formatCount } from "@/lib/format/money";

interface DirectorySourcesProps {
  total: number;
  sources: readonly DirectorySourceView[];
  now: Date;
  zone: string | null;
}

/** How many people there are, where they come from, and how old the oldest of the data is. */
export function DirectorySources({ total, sources, now, zone }: DirectorySourcesProps) {
  const providers = [...new Set(sources.map((source) => source.providerName))];
  const from = providers.length <= 3 ? providers.join(" and ") : `${sources.length} connections`;
  const dated = sources.flatMap(({ asOf, providerName }) => (asOf ? [{ asOf, providerName }] : []));
  const oldest = dated.sort((a, b) => a.asOf.getTime() - b.asOf.getTime())[0];
  const waiting = sources.filter((source) => source.asOf === null).map((source) => source.providerName);
  const lead = `${formatCount(total, "person", "people")} from ${from}`;
  return (
    <>
      {oldest && dated.length === 1 ? `${lead}, ` : `${lead}. `}
      {oldest && dated.length > 1 ? "Oldest data " : null}
      {oldest ? <RelativeTime value={oldest.asOf} now={now} zone={zone} prefix="as of " /> : null}
      {oldest && dated.length > 1 ? `, from ${oldest.providerName}.` : null}
      {oldest && dated.length === 1 ? "." : null}
      {waiting.length > 0 ? ` Nothing from ${waiting.join(" and ")} yet.` : null}
    </>
  );
}
