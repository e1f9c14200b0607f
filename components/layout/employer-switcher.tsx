"use client";

import { ChevronsUpDown } from "lucide-react";
import { InitialsTile } from "@/components/ui/avatar";
import { cn } from "@/components/ui/cn";
import { useLazy } from "@/components/ui/use-lazy";
import type { ShellEmployer } from "./shell-types";

export interface EmployerSwitcherProps {
  /** Null where the page is of no one employer: the administration, one's own pages. */
  current: ShellEmployer | null;
  options: (ShellEmployer & { href: string })[];
  /** What stands there instead of an employer: "All employers". */
  placeholder?: { name: string; subtitle?: string };
  /** The whole list, where there are more than fit a menu. */
  all?: { href: string; label: string };
}

const boxStyles =
  "mt-1 mb-3 flex w-full items-center gap-[9px] rounded-md border border-line-strong bg-surface px-2 py-[7px] text-left leading-[1.3] shadow-control";

const loadMenu = () => import("./employer-menu").then((module) => module.EmployerMenu);

export function EmployerSwitcher({ current, options, placeholder, all }: EmployerSwitcherProps) {
  const menu = useLazy(loadMenu);
  const shown = current ?? placeholder ?? { name: "Choose an employer" };
  const face = (
    <>
      <InitialsTile name={shown.name} />
      <span className="min-w-0 flex-1">
        <span className="block truncate text-sm leading-[1.3] font-medium">{shown.name}</span>
        {shown.subtitle ? (
          <span className="block truncate text-xs leading-[1.3] text-muted">{shown.subtitle}</span>
        ) : null}
      </span>
    </>
  );

  const others = options.filter((option) => option.id !== current?.id);
  if (others.length === 0 && !all) return <div className={boxStyles}>{face}</div>;

  const triggerClassName = cn(boxStyles, "hover:bg-surface-hover");
  const content = (
    <>
      {face}
      <span className="sr-only">, switch employer</span>
      <ChevronsUpDown size={14} aria-hidden="true" className="text-muted" />
    </>
  );
  const Menu = menu.loaded;
  if (Menu) {
    return (
      <Menu current={current} options={options} all={all} triggerClassName={triggerClassName}>
        {content}
      </Menu>
    );
  }
  return (
    <button
      type="button"
      aria-haspopup="menu"
      aria-expanded="false"
      className={triggerClassName}
      {...menu.triggerProps}
    >
      {content}
    </button>
  );
}
