"use client";

import { Ellipsis } from "lucide-react";
import { Avatar } from "@/components/ui/avatar";
import { useLazy } from "@/components/ui/use-lazy";
import type { ShellUser, SignOut } from "./shell-types";

const loadItems = () => import("./account-menu-items").then((module) => module.AccountMenuItems);

export interface AccountLink {
  href: string;
  label: string;
}

export interface AccountMenuProps {
  user: ShellUser;
  /** Left out: ends the session and loads the sign-in page afresh. */
  signOut?: SignOut;
  /** Other places of this person: own pages, the administration. */
  links?: AccountLink[];
}

const triggerClassName =
  "grid size-6 flex-none place-items-center rounded-md text-secondary hover:bg-neutral-bg hover:text-ink max-md:size-9";

/** Who is signed in, at the foot of the navigation; appearance and signing out behind the dots. */
export function AccountMenu(props: AccountMenuProps) {
  const items = useLazy(loadItems);
  const Items = items.loaded;
  const name = props.user.name ?? props.user.email;
  const dots = <Ellipsis size={16} aria-hidden="true" />;
  return (
    <div className="-mx-0.5 flex items-center gap-[9px] border-t border-line p-2 text-sm leading-[1.3]">
      <Avatar name={name} />
      <span className="min-w-0 flex-1">
        <span className="block truncate">{name}</span>
        <span className="block truncate text-xs text-muted">{props.user.roleLabel}</span>
      </span>
      {Items ? (
        <Items {...props} triggerClassName={triggerClassName}>
          {dots}
        </Items>
      ) : (
        <button
          type="button"
          aria-label="Account menu"
          aria-haspopup="menu"
          aria-expanded="false"
          className={triggerClassName}
          {...items.triggerProps}
        >
          {dots}
        </button>
      )}
    </div>
  );
}
