import { TextLink } from "@/components/ui/link";
import { RelativeTime } from "@/components/ui/relative-time";
import { Chip } from "@/components/ui/status-chip";
import { SubLine, Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import type { JobFailureView } from "@/lib/domain/jobs/views";
import { paths } from "@/lib/paths";
import { RetryButton, type RetryJobs } from "./retry-button";

interface FailuresTableProps {
  failures: readonly JobFailureView[];
  mayRetry: boolean;
  retry: RetryJobs;
  now: Date;
}

/** Jobs that failed, the latest first: for whom, why, what stays undone, what helps, and the button that helps. */
export function FailuresTable({ failures, mayRetry, retry, now }: FailuresTableProps) {
  return (
    <Table label="Failed jobs" density="relaxed">
      <THead>
        <TR>
          <TH>Job</TH>
          <TH wide>Cause and remedy</TH>
          <TH wide>Tries</TH>
          <TH>
            <span className="sr-only">Start again</span>
          </TH>
        </TR>
      </THead>
      <TBody>
        {failures.map((failure) => (
          <FailureRow key={failure.id} failure={failure} mayRetry={mayRetry} retry={retry} now={now} />
        ))}
      </TBody>
    </Table>
  );
}

type FailureRowProps = Omit<FailuresTableProps, "failures"> & { failure: JobFailureView };

function FailureRow({ failure, mayRetry, retry, now }: FailureRowProps) {
  const { id, label, about, code, happened, undone, todo, failedAt } = failure;
  const name = about ? `${label}, ${about.replaceAll(/[_-]/g, " ")}` : label;
  return (
    <TR>
      <TD rowHeader wrap className="pt-2 align-top lg:min-w-[200px]">
        {name}
        <Place failure={failure} />
        <SubLine>
          job {id}, <RelativeTime value={failedAt} now={now} zone={null} prefix="failed " />
        </SubLine>
        <span className="md:hidden">
          <State failure={failure} now={now} />
          <SubLine className="text-secondary">{happened}</SubLine>
          <SubLine className="text-secondary">{todo}</SubLine>
        </span>
      </TD>
      <TD wide wrap className="pt-2 align-top text-secondary">
        <span className="block max-w-[72ch] text-ink">{happened}</span>
        <SubLine className="max-w-[80ch]">{undone}</SubLine>
        <SubLine className="mt-0.5 max-w-[80ch] text-secondary">{todo}</SubLine>
        {code ? <SubLine className="mt-0.5 font-mono">{code}</SubLine> : null}
      </TD>
      <TD wide className="pt-2 align-top">
        <State failure={failure} now={now} />
      </TD>
      <TD numeric className="pt-2 align-top">
        {mayRetry ? (
          <RetryButton
            retry={retry}
            input={{ id }}
            label={failure.state === "failed" ? "Start again" : "Start now"}
            about={`${name}, job ${id}`}
          />
        ) : null}
      </TD>
    </TR>
  );
}

function State({
  failure: { state, attempts, maxAttempts, nextAt },
  now,
}: Pick<FailureRowProps, "failure" | "now">) {
  return (
    <>
      {state === "failed" ? (
        <Chip plain tone="failing" shape="octagon">
          Given up
        </Chip>
      ) : (
        <Chip plain tone="waiting" shape="clock">
          Trying again
        </Chip>
      )}
      <SubLine>
        {attempts} of {maxAttempts} tries
      </SubLine>
      {nextAt ? (
        <SubLine>
          <RelativeTime value={nextAt} now={now} zone={null} prefix={nextAt > now ? "next " : "due "} />
        </SubLine>
      ) : null}
    </>
  );
}

const linkStyle = "inline-flex min-h-6 items-center text-muted";

function Place({ failure: { customer, connection, runId } }: Pick<FailureRowProps, "failure">) {
  if (!customer) return null;
  return (
    <SubLine className="flex flex-wrap items-center gap-x-1.5">
      <TextLink href={paths.connections(customer.id)} prefetch={false} quiet className={linkStyle}>
        {customer.name}
      </TextLink>
      {connection ? (
        <>
          <span aria-hidden="true">·</span>
          <TextLink
            href={paths.connection(customer.id, connection.id)}
            prefetch={false}
            quiet
            className={linkStyle}
          >
            {connection.providerName}
          </TextLink>
        </>
      ) : null}
      {runId ? (
        <>
          <span aria-hidden="true">·</span>
          <TextLink
            href={paths.adminActivity({
              ...(connection ? { connection: connection.id } : {}),
              run: runId,
              range: "30d",
            })}
            prefetch={false}
            quiet
            className={linkStyle}
          >
            its requests
          </TextLink>
        </>
      ) : null}
    </SubLine>
  );
}
