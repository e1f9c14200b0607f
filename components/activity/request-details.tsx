import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { Copyable } from "@/components/ui/copyable";
import type { ActivityRequestView } from "@/lib/domain/activity/views";

/** The id that Finch's support asks for; without an answer there is none. */
export function RequestId({
  value,
  long,
  className,
}: {
  value: string | null;
  long?: boolean;
  className?: string;
}) {
  if (value === null) return <span className="text-xs text-muted">no answer</span>;
  return <Copyable value={value} label="Finch request" short={!long} {...(className ? { className } : {})} />;
}

/** Cause and remedy of what was not well, behind one press. */
export function RequestDetails({ request }: { request: ActivityRequestView }) {
  const { trouble, finchCode, requestId } = request;
  if (!trouble) return null;
  return (
    <details className="group/details text-xs">
      <summary className="inline-flex min-h-6 cursor-pointer items-center gap-1 text-secondary hover:text-ink">
        <ChevronRight
          size={12}
          aria-hidden="true"
          className="flex-none transition-transform duration-quick group-open/details:rotate-90"
        />
        <span className="flex-none underline decoration-line-strong underline-offset-2">
          Cause and remedy
        </span>
        {finchCode ? <span className="ml-1 font-mono [overflow-wrap:anywhere]">{finchCode}</span> : null}
      </summary>
      <dl className="my-1 grid max-w-[72ch] gap-1.5 leading-normal">
        <Part name="What happened">{trouble.happened}</Part>
        <Part name="What it means">{trouble.means}</Part>
        <Part name="What to do">{trouble.todo}</Part>
        <Part name="Finch request">
          <RequestId value={requestId} long />
        </Part>
      </dl>
    </details>
  );
}

function Part({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[96px_minmax(0,1fr)] gap-2 max-md:grid-cols-1 max-md:gap-0">
      <dt className="font-medium text-muted">{name}</dt>
      <dd className="text-secondary">{children}</dd>
    </div>
  );
}
