import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/relative-time";
import type { PayrollSourceView } from "@/lib/domain/payroll/payments/list-payments";
import { paths } from "@/lib/paths";

interface SourcesProps {
  customerId: string;
  sources: readonly PayrollSourceView[];
  now: Date;
  zone: string;
}

const shownSources = 3;

/** How old the data is, by connection: "as of 2 h ago, from Gusto". */
export function PayrollSources({ sources, now, zone }: Omit<SourcesProps, "customerId">) {
  const dated = sources
    .flatMap((source) => (source.asOf ? [{ ...source, asOf: source.asOf }] : []))
    .sort((a, b) => a.asOf.getTime() - b.asOf.getTime());
  const waiting = sources.filter(({ asOf }) => asOf === null).map(({ providerName }) => providerName);
  return (
    <>
      {dated.slice(0, shownSources).map(({ id, asOf, providerName }, at) => (
        <span key={id}>
          {at > 0 ? "; " : null}
          <RelativeTime value={asOf} now={now} zone={zone} prefix="as of " />, from {providerName}
        </span>
      ))}
      {dated.length > shownSources
        ? `; and ${dated.length - shownSources} connections with newer data`
        : null}
      {waiting.length > 0 ? `${dated.length > 0 ? "; " : ""}nothing from ${waiting.join(" and ")} yet` : null}
    </>
  );
}

/** Connections that may not read pay: what that means here, and what to do. */
export function NotGranted({ customerId, sources }: Pick<SourcesProps, "customerId" | "sources">) {
  const lacking = sources.filter((source) => !source.payments || !source.statements);
  if (lacking.length === 0) return null;
  const only = lacking.length === 1 ? lacking[0] : null;
  return (
    <Banner
      tone="attention"
      shape="diamond"
      title={`${lacking.map(({ providerName }) => providerName).join(" and ")} ${lacking.length === 1 ? "does" : "do"} not share pay`}
      means={
        lacking.every(({ payments }) => !payments)
          ? "The connection does not include payments, so none of them are on this page."
          : "The connection does not include pay statements: payments are here, and nobody's part in them."
      }
      todo="Reconnect and allow payments and pay statements."
      actions={
        only ? (
          <LinkButton href={paths.connection(customerId, only.id)}>See the connection</LinkButton>
        ) : (
          <LinkButton href={paths.connections(customerId)}>See the connections</LinkButton>
        )
      }
      className="mb-5"
    />
  );
}
