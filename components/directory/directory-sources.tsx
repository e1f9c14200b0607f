import { RelativeTime } from "@/components/ui/relative-time";
import type { DirectorySourceView } from "@/lib/domain/individuals/list-directory";

interface DirectorySourcesProps {
  sources: readonly DirectorySourceView[];
  now: Date;
  zone: string | null;
}

/** Where the rows come from and how old the oldest of them are. */
export function DirectorySources({ sources, now, zone }: DirectorySourcesProps) {
  const dated = sources.flatMap(({ asOf, providerName }) => (asOf ? [{ asOf, providerName }] : []));
  const oldest = dated.sort((a, b) => a.asOf.getTime() - b.asOf.getTime())[0];
  const waiting = sources.filter((source) => source.asOf === null).map((source) => source.providerName);
  return (
    <>
      {oldest ? (
        <>
          {dated.length > 1 ? "Oldest data: " : null}
          <RelativeTime value={oldest.asOf} now={now} zone={zone} prefix="as of " />, from{" "}
          {oldest.providerName}.
        </>
      ) : (
        "."
      )}
      {waiting.length > 0 ? ` Nothing from ${waiting.join(" and ")} yet.` : null}
    </>
  );
}
