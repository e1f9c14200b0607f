"use client";

import { useRouter } from "next/navigation";
import { useMemo, type MouseEvent } from "react";
import { StatusShape, type ShapeName } from "@/components/ui/status-shape";
import type { Tone } from "@/components/ui/tone";
import { columnClass } from "./column-class";
import type { FigureText } from "./figure-cells";
import type { YtdColumnModel, YtdRowModel } from "./row-model";

// One rule for all cells instead of classes on each: a page has 500 of them, twice in what is sent.
const cells =
  "[&_td]:h-(--row-height) [&_td]:border-b [&_td]:border-line [&_td]:px-2 [&_td]:align-middle [&_td]:text-right [&_td]:tabular-nums [&_td]:whitespace-nowrap [&_th]:h-(--row-height) [&_th]:max-w-[240px] [&_th]:border-b [&_th]:border-line [&_th]:px-2 [&_th]:text-left [&_th]:align-middle [&_th]:font-medium [&_tr:hover>*]:bg-surface-hover [&_[data-key-row]>*]:bg-surface-hover [&_[data-key-row]>*:first-child]:shadow-[inset_2px_0_0_var(--focus)] [&_a]:rounded-sm [&_a]:py-1 [&_a]:text-ink [&_a:hover]:text-accent [&_a:hover]:underline [&_[data-tone]]:inline-flex [&_[data-tone]]:min-h-5 [&_[data-tone]]:items-center [&_[data-tone]]:gap-[5px] [&_[data-tone]]:text-xs [&_[data-tone]]:leading-[1.3] [&_[data-tone]]:font-medium [&_[data-tone]]:text-tone-text";

const looks: Record<NonNullable<YtdRowModel["coverage"]>["state"], { tone: Tone; shape: ShapeName }> = {
  complete: { tone: "healthy", shape: "check" },
  since: { tone: "neutral", shape: "clock" },
  waiting: { tone: "waiting", shape: "hourglass" },
  lacking: { tone: "failing", shape: "octagon" },
};

interface YtdRowsProps {
  /** YtdRowModel[] as JSON: what travels as an object is walked value by value, which took 4 ms of a page. */
  rows: string;
  columns: readonly YtdColumnModel[];
  /** The end of the address behind a name. */
  nameLeadsTo: string;
}

/** The rows of a page. They travel as data; links are plain ones that a single listener turns into navigation. */
export function YtdRows({ rows, columns, nameLeadsTo }: YtdRowsProps) {
  const router = useRouter();
  const models = useMemo(() => JSON.parse(rows) as YtdRowModel[], [rows]);
  function onClick(event: MouseEvent<HTMLElement>) {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const isPlain =
      event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!link || !isPlain || event.defaultPrevented) return;
    event.preventDefault();
    router.push(link.pathname + link.search);
  }
  return (
    <tbody className={cells} onClick={onClick}>
      {models.map((row) => (
        <tr key={row.base}>
          <th scope="row">
            <a data-row-link="" href={`${row.base}&${nameLeadsTo}`} className="block truncate">
              {row.name}
            </a>
            <span className="block truncate text-xs leading-[1.3] font-normal text-muted">
              {row.sub}
              {row.coverage ? (
                <span className="md:hidden">{`${row.sub ? ", " : ""}${row.coverage.text} statements`}</span>
              ) : null}
            </span>
          </th>
          <td className="max-md:hidden">
            {row.coverage ? (
              <span data-tone={looks[row.coverage.state].tone} title={row.coverage.title}>
                <StatusShape shape={looks[row.coverage.state].shape} />
                {row.coverage.text}
                <span className="sr-only">{`. ${row.coverage.title}`}</span>
              </span>
            ) : null}
          </td>
          {columns.map((column, at) => {
            const cell = row.cells[at];
            return cell ? (
              <td key={column.label} className={columnClass(column)} title={cell.title}>
                <Figure cell={cell} href={`${row.base}&${column.leadsTo}`} />
              </td>
            ) : null;
          })}
        </tr>
      ))}
    </tbody>
  );
}

function Figure({ cell, href }: { cell: FigureText; href: string }) {
  if (cell.text === null)
    return (
      <span className="text-muted" title={cell.title}>
        –<span className="sr-only">{cell.title ?? "nothing"}</span>
      </span>
    );
  return (
    <>
      <a href={href}>{cell.text}</a>
      {cell.phone ? (
        <span className="block text-xs leading-[1.3] text-muted md:hidden">{cell.phone}</span>
      ) : null}
      {cell.sub ? <span className="block text-xs leading-[1.3] text-muted">{cell.sub}</span> : null}
    </>
  );
}
