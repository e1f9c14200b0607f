"use client";

import { useRef, type KeyboardEvent, type ReactNode } from "react";

const moves: Record<string, number> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

function rowsOf(box: HTMLElement) {
  return [...box.querySelectorAll<HTMLTableRowElement>("tbody > tr")];
}

/** The table's scroll box: arrows (or j and k) choose a row, Enter opens it. Only while the box has focus. */
export function TableKeys({
  label,
  className,
  children,
}: {
  label: string;
  className?: string;
  children: ReactNode;
}) {
  const box = useRef<HTMLDivElement>(null);

  function clear() {
    box.current?.querySelector("[data-key-row]")?.removeAttribute("data-key-row");
  }

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    if (!box.current || event.target !== box.current || event.metaKey || event.ctrlKey || event.altKey)
      return;
    const rows = rowsOf(box.current);
    const at = rows.findIndex((row) => row.hasAttribute("data-key-row"));
    const move = moves[event.key];
    if (move !== undefined && rows.length > 0) {
      event.preventDefault();
      clear();
      const next = rows[Math.min(rows.length - 1, Math.max(0, at + move))];
      next?.setAttribute("data-key-row", "");
      next?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" && at >= 0) {
      rows[at]?.querySelector<HTMLElement>("[data-row-link], a")?.click();
    } else if (event.key === "x" && at >= 0) {
      rows[at]?.querySelector<HTMLElement>("input[type=checkbox]")?.click();
    }
  }

  return (
    <div
      ref={box}
      role="region"
      aria-label={`${label} table`}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onBlur={clear}
      className={className}
    >
      {children}
    </div>
  );
}
