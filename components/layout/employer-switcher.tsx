"use client";

import { Check, ChevronsUpDown } from "lucide-react";
import Link from "next/link";
import { InitialsTile } from "@/components/ui/avatar";
import { cn } from "@/components/ui/cn";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
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

const shownEmployers = 30;

export function EmployerSwitcher({ current, options, placeholder, all }: EmployerSwitcherProps) {
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
  return (
    <DropdownMenu>
      <DropdownMenuTrigger className={cn(boxStyles, "hover:bg-surface-hover")}>
        {face}
        <span className="sr-only">, switch employer</span>
        <ChevronsUpDown size={14} aria-hidden="true" className="text-muted" />
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" className="w-(--radix-dropdown-menu-trigger-width) max-md:w-[280px]">
        <DropdownMenuLabel>Employers</DropdownMenuLabel>
        {options.slice(0, shownEmployers).map((option) => (
          <DropdownMenuItem key={option.id} asChild>
            <Link href={option.href} aria-current={option.id === current?.id ? "true" : undefined}>
              <InitialsTile name={option.name} className="size-6" />
              <span className="min-w-0 flex-1">
                <span className="block truncate">{option.name}</span>
                {option.subtitle ? (
                  <span className="block truncate text-xs text-muted">{option.subtitle}</span>
                ) : null}
              </span>
              {option.id === current?.id ? <Check size={14} aria-hidden="true" /> : null}
            </Link>
          </DropdownMenuItem>
        ))}
        {all ? (
          <>
            <DropdownMenuSeparator />
            <DropdownMenuItem asChild>
              <Link href={all.href}>{all.label}</Link>
            </DropdownMenuItem>
          </>
        ) : null}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
