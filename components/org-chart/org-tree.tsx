"use client";

import { useRouter } from "next/navigation";
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";
import type { OrgBranchView } from "@/lib/domain/org-chart/views";
import { paths } from "@/lib/paths";
import { OrgTreeRow, rowHeight } from "./org-tree-row";
import { moveOf, rowsOf } from "./org-rows";
import { useBranches } from "./use-branches";
import { useWindow } from "./use-window";

interface OrgTreeProps {
  customerId: string;
  branches: OrgBranchView[];
  focus: string | null;
  left: boolean;
}

const idOf = (key: string) => `org-${key}`;

/**
 * The chart as a tree that is drawn where it is in sight: rows of one height, branches asked for as they open. By the
 * keyboard as WAI-ARIA's tree; Enter opens the person.
 */
export function OrgTree({ customerId, branches: initial, focus, left }: OrgTreeProps) {
  const router = useRouter();
  const box = useRef<HTMLDivElement>(null);
  const { branches, load } = useBranches(customerId, initial, left);
  const [open, setOpen] = useState<ReadonlySet<string>>(
    () => new Set(initial.flatMap(({ parentId }) => (parentId === null ? [] : [parentId]))),
  );
  const rows = useMemo(() => rowsOf(branches, open), [branches, open]);
  const [activeKey, setActiveKey] = useState<string | null>(focus ?? rows[0]?.key ?? null);
  const { first, last } = useWindow(box, rows.length, rowHeight);
  const activeAt = Math.max(
    0,
    rows.findIndex(({ key }) => key === activeKey),
  );

  // The person whom the page was asked for stands in the middle.
  useEffect(() => {
    const at = focus === null ? -1 : rows.findIndex(({ key }) => key === focus);
    if (at >= 0 && box.current)
      box.current.scrollTop = Math.max(0, at * rowHeight - box.current.clientHeight / 2);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once: afterwards the reader scrolls
  }, []);

  // The first place of each stretch that is in sight and not here.
  const wanted = rows.slice(first, last).find(({ person }) => person === null);
  useEffect(() => {
    if (wanted) load(wanted.parentId, wanted.at);
  });

  function toggle(id: string, shouldOpen: boolean) {
    if (shouldOpen && !branches.has(id)) load(id, 0);
    setOpen((before) => {
      const next = new Set(before);
      if (shouldOpen) next.add(id);
      else next.delete(id);
      return next;
    });
  }

  function goTo(at: number) {
    const row = rows[at];
    const element = box.current;
    if (!row || !element) return;
    setActiveKey(row.key);
    const top = at * rowHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowHeight > element.scrollTop + element.clientHeight)
      element.scrollTop = top + rowHeight - element.clientHeight;
  }

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    if (event.metaKey || event.ctrlKey || event.altKey || event.target !== box.current) return;
    const person = rows[activeAt]?.person;
    if (event.key === "Enter" && person) {
      event.preventDefault();
      router.push(paths.individual(customerId, person.id));
      return;
    }
    const move = moveOf(event.key, rows, activeAt);
    if (!move) return;
    // Single letters are the page's shortcuts elsewhere; here they find a name.
    event.preventDefault();
    event.stopPropagation();
    if ("to" in move) goTo(move.to);
    else if ("open" in move) toggle(move.open, true);
    else toggle(move.close, false);
  }

  const drawn = rows
    .map((row, at) => ({ row, at }))
    .filter(({ at }) => (at >= first && at < last) || at === activeAt);
  const active = rows[activeAt];
  return (
    <div
      ref={box}
      role="tree"
      aria-label="Org chart"
      tabIndex={0}
      aria-activedescendant={active ? idOf(active.key) : undefined}
      onKeyDown={onKeyDown}
      className="group/tree relative h-[max(320px,calc(100dvh-300px))] overflow-y-auto border-y border-line-strong focus-visible:outline-offset-0"
    >
      <div role="none" style={{ height: rows.length * rowHeight }} className="relative">
        {drawn.map(({ row, at }) => (
          <OrgTreeRow
            key={row.key}
            id={idOf(row.key)}
            row={row}
            top={at * rowHeight}
            active={at === activeAt}
            found={row.key === focus}
            href={row.person ? paths.individual(customerId, row.person.id) : null}
            onToggle={() => {
              if (!row.person) return;
              setActiveKey(row.key);
              toggle(row.person.id, !row.open);
            }}
          />
        ))}
      </div>
    </div>
  );
}
