"use client";

import { Ellipsis, LogOut, Monitor, Moon, Sun, UserRound } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTheme } from "next-themes";
import { useTransition } from "react";
import { Avatar } from "@/components/ui/avatar";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import type { ShellUser, SignOut } from "./shell-types";

export interface AccountLink {
  href: string;
  label: string;
}

export interface AccountMenuProps {
  user: ShellUser;
  signOut: SignOut;
  /** Other places of this person: own pages, the administration. */
  links?: AccountLink[];
}

const themes = [
  { value: "light", label: "Light", Icon: Sun },
  { value: "dark", label: "Dark", Icon: Moon },
  { value: "system", label: "As the system", Icon: Monitor },
];

export function AccountMenu({ user, signOut, links = [] }: AccountMenuProps) {
  const { theme, setTheme } = useTheme();
  const router = useRouter();
  const [pending, startTransition] = useTransition();

  function leave() {
    startTransition(async () => {
      if (typeof signOut === "string") router.push(signOut);
      else await signOut();
    });
  }

  return (
    <div className="-mx-0.5 flex items-center gap-[9px] border-t border-line p-2 text-sm leading-[1.3]">
      <Avatar name={user.name ?? user.email} />
      <span className="min-w-0 flex-1">
        <span className="block truncate">{user.name ?? user.email}</span>
        <span className="block truncate text-xs text-muted">{user.roleLabel}</span>
      </span>
      <DropdownMenu>
        <DropdownMenuTrigger
          aria-label="Account menu"
          className="grid size-6 flex-none place-items-center rounded-md text-secondary hover:bg-neutral-bg hover:text-ink max-md:size-9"
        >
          <Ellipsis size={16} aria-hidden="true" />
        </DropdownMenuTrigger>
        <DropdownMenuContent side="top">
          <DropdownMenuLabel className="max-w-[240px] truncate">{user.email}</DropdownMenuLabel>
          {links.map((link) => (
            <DropdownMenuItem key={link.href} asChild>
              <Link href={link.href}>
                <UserRound size={14} aria-hidden="true" />
                {link.label}
              </Link>
            </DropdownMenuItem>
          ))}
          <DropdownMenuSeparator />
          <DropdownMenuRadioGroup value={theme} onValueChange={setTheme} aria-label="Appearance">
            {themes.map(({ value, label, Icon }) => (
              <DropdownMenuRadioItem key={value} value={value} onSelect={(event) => event.preventDefault()}>
                <Icon size={14} aria-hidden="true" />
                {label}
              </DropdownMenuRadioItem>
            ))}
          </DropdownMenuRadioGroup>
          <DropdownMenuSeparator />
          <DropdownMenuItem disabled={pending} onSelect={leave}>
            <LogOut size={14} aria-hidden="true" />
            Sign out
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
    </div>
  );
}
