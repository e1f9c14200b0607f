import { RelativeTime } from "@/components/ui/relative-time";
import type { DirectorySourceView } from "@/lib/domain/individuals/list-directory";

interface DirectorySourcesProps {
  /** What there is: "48 people". */
  lead: string;
  sources: readonly DirectorySourceView[];
  now: Date;
  zone: string | null;
}

/** What there is, where it comes from, and how old the oldest of it is. */
export function DirectorySources({ lead: what, sources, now, zone }: DirectorySourcesProps) {
  const providers = [...new Set(sources.map((source) => source.providerName))];
  const from = providers.length <= 3 ? providers.join(" and ") : `${sources.length} connections`;
  const dated = sources.flatMap(({ asOf, providerName }) => (asOf ? [{ asOf, providerName }] : []));
  const oldest = dated.sort((a, b) => a.asOf.getTime() - b.asOf.getTime())[0];
  const waiting = sources.filter((source) => source.asOf === null).map((source) => source.providerName);
  const lead = `${what} from ${from}`;
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
