import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { TextLink } from "@/components/ui/link";
import { ProgressBar } from "@/components/ui/step-progress";
import { StatusChip } from "@/components/ui/status-chip";
import type { ConnectionListView, ConnectionView } from "@/lib/domain/connections/views";
import type { DirectoryQuery } from "@/lib/domain/individuals/directory-query";
import { enumLabel } from "@/lib/format/enums";
import { formatCount } from "@/lib/format/money";
import { paths } from "@/lib/paths";

interface NoConnectionProps {
  customerId: string;
  mayConnect: boolean;
  what?: keyof typeof emptyWords;
}

const emptyWords = {
  directory: ["Nobody is here yet", "The directory fills itself"],
  company: ["Nothing is known of the company yet", "The profile fills itself"],
  "pay groups": ["No pay groups are here yet", "This page fills itself"],
  documents: ["No tax forms are here yet", "This page fills itself"],
  chart: ["Nobody is here yet", "The chart fills itself"],
} as const;

/** No provider is connected: what to do, for who may do it. */
export function NoConnection({ customerId, mayConnect, what = "directory" }: NoConnectionProps) {
  const [title, lead] = emptyWords[what];
  return (
    <EmptyState
      title={title}
      action={
        mayConnect ? (
          <LinkButton href={paths.connections(customerId)} variant="primary">
            Connect payroll
          </LinkButton>
        ) : null
      }
    >
      {mayConnect
        ? `${lead} from your payroll or HR system once it is connected.`
        : `${lead} once an administrator of this employer connects payroll.`}
    </EmptyState>
  );
}

/** Connected, and no person arrived yet: how far it is, or what stands in the way. */
export function NobodyYet({ customerId, list }: { customerId: string; list: ConnectionListView }) {
  const open = list.connections.filter((connection) => connection.disconnectedAt === null);
  return (
    <EmptyState title={open.some(isOnTheWay) ? "Your people are on their way" : "No people arrived yet"}>
      {open.map((connection) => (
        <span key={connection.id} className="mt-3 grid justify-items-center gap-1.5">
          <span className="flex items-center gap-2.5">
            <TextLink href={paths.connection(customerId, connection.id)} quiet>
              {connection.providerName}
            </TextLink>
            <StatusChip status={connection.status} plain />
          </span>
          <Progress connection={connection} />
        </span>
      ))}
    </EmptyState>
  );
}

const isOnTheWay = ({ status }: ConnectionView) => status === "syncing" || status === "setting_up";

function Progress({ connection }: { connection: ConnectionView }) {
  const steps = connection.latestRun?.steps ?? [];
  if (!isOnTheWay(connection) || steps.length === 0) return <span>{connection.cause.means}</span>;
  const done = steps.filter((step) => step.status === "succeeded").length;
  return (
    <span className="block w-60">
      <ProgressBar value={done / steps.length} label={`${done} of ${steps.length} steps`} />
      <span className="text-xs">
        {done} of {steps.length} steps done. This page shows people as soon as they are read.
      </span>
    </span>
  );
}

/** Nobody matches: what was asked, how many there are, and the way back. */
export function NoResult({
  query,
  total,
  clearHref,
}: {
  query: DirectoryQuery;
  total: number;
  clearHref: string;
}) {
  return (
    <EmptyState
      art="none"
      title="Nobody matches these filters"
      action={<LinkButton href={clearHref}>Clear the search</LinkButton>}
    >
      {asked(query)} finds no one. There {total === 1 ? "is" : "are"} {formatCount(total, "person", "people")}{" "}
      in the directory.
    </EmptyState>
  );
}

/** The question in words: “ada” in Clinical or Finance, active. */
function asked(query: DirectoryQuery): string {
  const either = (values: readonly (string | null)[], word: (value: string) => string) =>
    values.map((value) => (value === null ? "not provided" : word(value))).join(" or ");
  const parts = [
    query.search ? `“${query.search}”` : "The filter",
    query.departments.length > 0 ? `in ${either(query.departments, String)}` : "",
    query.statuses.length > 0
      ? `with status ${either(query.statuses, (value) => enumLabel("employmentStatus", value))}`
      : "",
    query.types.length > 0
      ? `of type ${either(query.types, (value) => enumLabel("employmentType", value))}`
      : "",
    query.subtypes.length > 0
      ? `as ${either(query.subtypes, (value) => enumLabel("employmentSubtype", value))}`
      : "",
    query.manager ? "under the chosen manager" : "",
    query.connections.length > 0 ? "in the chosen connection" : "",
    query.active === null ? "" : query.active ? "among active people" : "among people who are not active",
  ];
  return parts.filter(Boolean).join(" ");
}
