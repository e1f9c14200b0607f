import { ChevronDown, ChevronRight } from "lucide-react";
import Link from "next/link";
import { cn } from "@/components/ui/cn";
import { Chip } from "@/components/ui/status-chip";
import { Syncing } from "@/components/ui/value";
import type { OrgPersonView } from "@/lib/domain/org-chart/views";
import { formatCount, formatNumber } from "@/lib/format/money";
import type { OrgRow } from "./org-rows";

/** Pixels, of every row: the window is counted by it. */
export const rowHeight = 44;
const indent = 20;
/** Deeper levels stand no further to the right, so that names stay readable on a phone. */
const deepest = 8;

const issueWords: Record<NonNullable<OrgPersonView["issue"]>, string> = {
  missing_manager: "manager not in the directory",
  own_manager: "their own manager",
  circle: "in a circle of managers",
};

interface OrgTreeRowProps {
  id: string;
  row: OrgRow;
  top: number;
  active: boolean;
  found: boolean;
  href: string | null;
  onToggle: () => void;
}

/** One person of the chart, or the place of one who is on the way. */
export function OrgTreeRow({ id, row, top, active, found, href, onToggle }: OrgTreeRowProps) {
  const { person, level, at, of, open } = row;
  const hasReports = person !== null && person.reports > 0;
  return (
    <div
      id={id}
      role="treeitem"
      aria-level={level}
      aria-posinset={at + 1}
      aria-setsize={of}
      aria-expanded={hasReports ? open : undefined}
      aria-selected={active}
      style={{
        top,
        height: rowHeight,
        paddingLeft: 8 + (Math.min(level, deepest) - 1) * indent,
      }}
      className={cn(
        "absolute inset-x-0 flex items-center gap-2 border-b border-line pr-2 text-sm hover:bg-surface-hover",
        found && "bg-surface-selected",
        active &&
          "group-focus-visible/tree:shadow-[inset_3px_0_0_var(--focus)] group-focus-visible/tree:bg-surface-hover",
      )}
    >
      {person && href ? (
        <>
          <Opener person={person} open={open} onToggle={onToggle} />
          <Link
            href={href}
            tabIndex={-1}
            className="min-w-0 flex-[0_1_auto] truncate rounded-sm py-1 font-medium text-ink hover:text-accent hover:underline"
          >
            {person.name}
          </Link>
          <span className="min-w-0 flex-1 truncate text-secondary max-sm:hidden">
            {[person.title, person.department].filter(Boolean).join(", ")}
          </span>
          <Marks person={person} />
        </>
      ) : (
        <Syncing label="on its way" className="pl-7" />
      )}
    </div>
  );
}

function Opener({ person, open, onToggle }: { person: OrgPersonView; open: boolean; onToggle: () => void }) {
  if (person.reports === 0) return <span className="w-6 flex-none" />;
  const Icon = open ? ChevronDown : ChevronRight;
  return (
    <span
      data-toggle=""
      aria-hidden="true"
      onClick={onToggle}
      className="grid size-6 flex-none cursor-pointer place-items-center rounded-sm text-secondary hover:bg-neutral-bg hover:text-ink"
    >
      <Icon size={14} />
    </span>
  );
}

function Marks({ person }: { person: OrgPersonView }) {
  const { issue, isActive, provider, reports, below } = person;
  return (
    <span className="ml-auto flex flex-none items-center gap-3 text-xs text-muted">
      {issue ? (
        <Chip tone="attention" shape="triangle" plain className="max-sm:hidden">
          {issueWords[issue]}
        </Chip>
      ) : null}
      {isActive === false ? (
        <Chip tone="neutral" shape="struck" plain>
          left
        </Chip>
      ) : null}
      {provider ? <span className="max-md:hidden">{provider}</span> : null}
      {reports > 0 ? (
        <span
          className="tabular-nums"
          title={`${formatCount(reports, "direct report")}, ${formatNumber(below)} below in all`}
        >
          {formatNumber(reports)}
          <span className="max-sm:sr-only"> {reports === 1 ? "report" : "reports"}</span>
          {below > reports ? <span className="max-sm:hidden">, {formatNumber(below)} in all</span> : null}
        </span>
      ) : null}
    </span>
  );
}
