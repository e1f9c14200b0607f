"use client";

import { useRouter } from "next/navigation";
import type { MouseEvent } from "react";
import { Chip } from "@/components/ui/status-chip";
import type { ShapeName } from "@/components/ui/status-shape";
import type { Tone } from "@/components/ui/tone";
import { columnClass } from "./column-class";
import type { YtdCell, YtdColumn, YtdRowModel } from "./row-model";

// One rule for all cells instead of classes on each: a page has 500 of them, twice in what is sent.
const cells =
  "[&_td]:h-(--row-height) [&_td]:border-b [&_td]:border-line [&_td]:px-2 [&_td]:align-middle [&_td]:text-right [&_td]:tabular-nums [&_td]:whitespace-nowrap [&_th]:h-(--row-height) [&_th]:max-w-[240px] [&_th]:border-b [&_th]:border-line [&_th]:px-2 [&_th]:text-left [&_th]:align-middle [&_th]:font-medium [&_tr:hover>*]:bg-surface-hover [&_[data-key-row]>*]:bg-surface-hover [&_[data-key-row]>*:first-child]:shadow-[inset_2px_0_0_var(--focus)] [&_a]:rounded-sm [&_a]:py-1 [&_a]:text-ink [&_a:hover]:text-accent [&_a:hover]:underline";

const looks: Record<NonNullable<YtdRowModel["coverage"]>["state"], { tone: Tone; shape: ShapeName }> = {
  complete: { tone: "healthy", shape: "check" },
  since: { tone: "neutral", shape: "clock" },
  waiting: { tone: "waiting", shape: "hourglass" },
  lacking: { tone: "failing", shape: "octagon" },
};

/** The rows of a page. They travel as data; links are plain ones that a single listener turns into navigation. */
export function YtdRows({ rows, columns }: { rows: readonly YtdRowModel[]; columns: readonly YtdColumn[] }) {
  const router = useRouter();
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
      {rows.map((row) => (
        <tr key={row.key}>
          <th scope="row">
            <a data-row-link="" href={row.href} className="block truncate">
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
              <span title={row.coverage.title}>
                <Chip {...looks[row.coverage.state]} plain>
                  {row.coverage.text}
                  <span className="sr-only">{`. ${row.coverage.title}`}</span>
                </Chip>
              </span>
            ) : null}
          </td>
          {row.cells.map((cell, at) => (
            <td key={columns[at]?.label} className={columnClass(columns[at] ?? {})} title={cell.title}>
              <Figure cell={cell} />
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}

function Figure({ cell }: { cell: YtdCell }) {
  if (cell.text === null)
    return (
      <span className="text-muted" title={cell.title}>
        –<span className="sr-only">{cell.title ?? "nothing"}</span>
      </span>
    );
  return (
    <>
      {cell.href ? <a href={cell.href}>{cell.text}</a> : cell.text}
      {cell.phone ? (
        <span className="block text-xs leading-[1.3] text-muted md:hidden">{cell.phone}</span>
      ) : null}
      {cell.sub ? <span className="block text-xs leading-[1.3] text-muted">{cell.sub}</span> : null}
    </>
  );
}
