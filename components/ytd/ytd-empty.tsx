import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { YtdView } from "@/lib/domain/payroll/ytd/list-ytd";
import type { YtdQuery } from "@/lib/domain/payroll/ytd/ytd-query";
import { paths } from "@/lib/paths";
import { periodWords } from "./period-words";
import { ytdHref } from "./ytd-url";

interface YtdEmptyProps {
  customerId: string;
  query: YtdQuery;
  view: YtdView;
}

/** Nobody is in the list: because nothing is connected, nothing came, or nothing fits what was asked. */
export function YtdEmpty({ customerId, query, view }: YtdEmptyProps) {
  if (view.sources.length === 0)
    return (
      <EmptyState
        title="No wages are here yet"
        action={
          <LinkButton href={paths.connections(customerId)} variant="primary">
            See connections
          </LinkButton>
        }
      >
        Wages add themselves up from pay statements once payroll is connected.
      </EmptyState>
    );
  if (query.search !== "" || query.incomplete)
    return (
      <EmptyState
        art="none"
        title="Nobody matches"
        action={
          <LinkButton href={ytdHref(customerId, query, { search: "", incomplete: false })}>
            Clear the search
          </LinkButton>
        }
      >
        {query.search
          ? `“${query.search}” finds nobody with pay in this period.`
          : "Nobody lacks statements."}
      </EmptyState>
    );
  const dated = view.sources.every(({ asOf }) => asOf === null);
  return (
    <EmptyState
      title={dated ? "Wages are on their way" : "No pay in this period"}
      action={
        query.period === "year" && query.year === null ? (
          <LinkButton
            href={ytdHref(customerId, query, { year: Number(view.today.slice(0, 4)) - 1, asOf: null })}
          >
            Show last year
          </LinkButton>
        ) : (
          <LinkButton href={paths.ytd(customerId)}>Show this year</LinkButton>
        )
      }
    >
      {dated
        ? "The first sync has not reached pay statements yet. This page fills itself as they arrive."
        : `${periodWords(view.period)}. No statement of such a day is here.`}
    </EmptyState>
  );
}
