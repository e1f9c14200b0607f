"use client";

import { Check } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { InitialsTile } from "@/components/ui/avatar";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import type { EmployerSwitcherProps } from "./employer-switcher";

export interface EmployerMenuProps extends Pick<EmployerSwitcherProps, "current" | "options" | "all"> {
  triggerClassName: string;
  children: ReactNode;
}

const shownEmployers = 30;

export function EmployerMenu({ current, options, all, triggerClassName, children }: EmployerMenuProps) {
  return (
    <DropdownMenu defaultOpen>
      <DropdownMenuTrigger className={triggerClassName}>{children}</DropdownMenuTrigger>
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
